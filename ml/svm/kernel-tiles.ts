import { startWasm } from '../wasm/start-wasm.js';
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
}

type Tiles = (left: number, groups: number, right: number, panels: number, out: number, outStride: number) => void;

/** @param columns of the prepared rows. */
export function kernelTiles(kernel: KernelFunction, columns: number): KernelTiles {
  const code = tilesCode(columns, kernel);
  const leftFloats = LEFT * (columns + 1);
  const rightFloats = RIGHT * (columns + 1);
  const outAt = (RIGHT_BLOCK / RIGHT) * rightFloats;
  const leftAt = outAt + LEFT_BLOCK * RIGHT_BLOCK;
  let room = 0; // for groups of left rows
  let floats = new Float32Array(0);
  let tiles: Tiles = () => undefined;
  let panels = 0;
  const grow = (groups: number): void => {
    room = Math.max(groups, 2 * room, LEFT_BLOCK / LEFT);
    const { memory, exports } = startWasm<{ tiles: Tiles }>((leftAt + room * leftFloats) * FLOAT, [code]);
    floats = new Float32Array(memory);
    tiles = exports.tiles;
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
  };
}
