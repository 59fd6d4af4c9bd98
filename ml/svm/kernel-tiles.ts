import { startWasm } from '../wasm/start-wasm.js';
import { accumulateCode, ENTRY, SUMMED } from './accumulate-code.js';
import { LEFT, RIGHT, tilesCode } from './kernel-code.js';
import type { KernelFunction } from './kernel-function.js';
import type { PreparedRows } from './prepare-rows.js';

/** Most left rows that are multiplied at once, and most right rows that are held: a block of values stays in the cache. */
export const LEFT_BLOCK = 128;
export const RIGHT_BLOCK = 512;

const FLOAT = 4;

/** Kernel values by WebAssembly, a block at a time. A value does not depend on the rows around it. */
export interface KernelTiles {
  /** Takes the given rows of a set as left rows; they stay until others are taken. */
  takeLeft(set: PreparedRows, rows: Int32Array): void;
  /** Takes the rows [from, to) of a list as right rows, RIGHT_BLOCK at most. */
  takeRight(set: PreparedRows, rows: Int32Array, from: number, to: number): void;
  /** The same for rows one after the other in the set. */
  takeRightRange(set: PreparedRows, from: number, to: number): void;
  /** Values of the left rows [from, to), LEFT_BLOCK at most and `from` a multiple of 4, with the right ones: [left, RIGHT_BLOCK], valid until the next call. */
  values(from: number, to: number): Float32Array;
  /**
   * Adds to sums[at .. at + count) the values of some of the left rows of the last `values`, each times its factor, one row after the other.
   * @param rows counted from the first row of that block; at least one.
   */
  accumulate(rows: Uint8Array, factors: Float64Array, sums: Float64Array, at: number, count: number): void;
}

type Accumulate = (list: number, count: number, sums: number, panels: number) => void;
type Tiles = (left: number, groups: number, right: number, panels: number, out: number, outStride: number) => void;

/** @param columns of the prepared rows. */
export function kernelTiles(kernel: KernelFunction, columns: number): KernelTiles {
  const code = [tilesCode(columns, kernel), accumulateCode()];
  const leftFloats = LEFT * (columns + 1);
  const rightFloats = RIGHT * (columns + 1);
  const outAt = (RIGHT_BLOCK / RIGHT) * rightFloats;
  const sumsAt = outAt + LEFT_BLOCK * RIGHT_BLOCK; // of doubles, as the list's factors
  const listAt = sumsAt + 2 * RIGHT_BLOCK;
  const leftAt = listAt + (LEFT_BLOCK * ENTRY) / FLOAT;
  let room = 0; // for groups of left rows
  let floats = new Float32Array(0);
  let doubles = new Float64Array(0);
  let addresses = new Int32Array(0);
  let tiles: Tiles = () => undefined;
  let accumulate: Accumulate = () => undefined;
  let panels = 0;
  const grow = (groups: number): void => {
    room = Math.max(groups, 2 * room, LEFT_BLOCK / LEFT);
    const { memory, exports } = startWasm<{ tiles: Tiles; accumulate: Accumulate }>((leftAt + room * leftFloats) * FLOAT, code);
    floats = new Float32Array(memory);
    doubles = new Float64Array(memory);
    addresses = new Int32Array(memory);
    ({ tiles, accumulate } = exports);
  };
  grow(1);
  /** Interleaves `count` rows, every `lanes` of them, zeros in the places that are left over. */
  const interleave = (set: PreparedRows, rowAt: (i: number) => number, count: number, lanes: number, at: number): void => {
    const size = lanes * (columns + 1);
    for (let i = 0; i < Math.ceil(count / lanes) * lanes; i++) {
      let to = at + Math.floor(i / lanes) * size + (i % lanes);
      if (i >= count) {
        for (let j = 0; j <= columns; j++, to += lanes) floats[to] = 0;
        continue;
      }
      const row = rowAt(i);
      for (let j = 0, from = row * columns; j < columns; j++, from++, to += lanes) floats[to] = set.data[from];
      floats[to] = set.terms[row];
    }
  };
  return {
    takeLeft(set, rows) {
      const groups = Math.ceil(rows.length / LEFT);
      if (groups > room) grow(groups);
      interleave(set, (i) => rows[i], rows.length, LEFT, leftAt);
    },
    takeRight(set, rows, from, to) {
      interleave(set, (i) => rows[from + i], to - from, RIGHT, 0);
      panels = Math.ceil((to - from) / RIGHT);
    },
    takeRightRange(set, from, to) {
      interleave(set, (i) => from + i, to - from, RIGHT, 0);
      panels = Math.ceil((to - from) / RIGHT);
    },
    values(from, to) {
      tiles((leftAt + (from / LEFT) * leftFloats) * FLOAT, Math.ceil((to - from) / LEFT), 0, panels, outAt * FLOAT, RIGHT_BLOCK * FLOAT);
      return floats.subarray(outAt, outAt + (to - from) * RIGHT_BLOCK);
    },
    accumulate(rows, factors, sums, at, count) {
      for (let i = 0, entry = listAt; i < rows.length; i++, entry += ENTRY / FLOAT) {
        addresses[entry] = (outAt + rows[i] * RIGHT_BLOCK) * FLOAT;
        doubles[entry / 2 + 1] = factors[i];
      }
      doubles.set(sums.subarray(at, at + count), sumsAt / 2);
      accumulate(listAt * FLOAT, rows.length, sumsAt * FLOAT, Math.ceil(count / SUMMED));
      sums.set(doubles.subarray(sumsAt / 2, sumsAt / 2 + count), at);
    },
  };
}
