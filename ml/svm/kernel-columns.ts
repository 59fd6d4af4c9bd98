import { LEFT_BLOCK, RIGHT_BLOCK } from './kernel-tiles.js';
import type { KernelTiles } from './kernel-tiles.js';
import type { PreparedRows } from './prepare-rows.js';

const BLOCK_ROWS = Uint8Array.from({ length: LEFT_BLOCK }, (_, row) => row);

/** Rows of a set that take part in a problem, by their place in the set. */
export interface ProblemRows {
  readonly set: PreparedRows;
  readonly rows: Int32Array;
}

/** Kernel values of the rows of a problem with all of its rows; the most recent ones are kept, as far as the memory given reaches. */
export interface KernelColumns {
  /** errors[t] -= sum of changes[s] K(chosen[s], t), for all rows t. `chosen` counts within the problem. */
  subtract(chosen: Int32Array, changes: Float64Array, errors: Float64Array): void;
  /** Values of the chosen rows among themselves, [chosen, chosen]; valid until the next call. */
  among(chosen: Int32Array): Float32Array;
}

/** Memory that one problem after the other uses: fresh memory costs more than what is written to it. */
export interface KernelSpace {
  readonly columns: Float32Array[];
  block: Float32Array;
}

/**
 * @param bytes of memory for values that are kept.
 * @param keeps says whether the values of a row will be of use again, where there is no room for all.
 */
export function kernelColumns({ set, rows }: ProblemRows, tiles: KernelTiles, bytes: number, keeps: (row: number) => boolean, tick: () => void, space: KernelSpace): KernelColumns {
  const count = rows.length;
  const room = Math.min(count, Math.max(1, Math.floor(bytes / (4 * count))));
  const kept: Float32Array[] = [];
  const memory = space.columns.filter((column) => column.length >= count);
  const slotOf = new Int32Array(count).fill(-1);
  const free: number[] = [];

  function slotFor(row: number): Float32Array | undefined {
    if (free.length === 0 && kept.length < room) {
      const column = memory[kept.length] ?? new Float32Array(count);
      if (kept.length >= memory.length) space.columns.push(column);
      kept.push(column);
      free.push(kept.length - 1);
    }
    const slot = free.pop();
    if (slot === undefined) return undefined;
    slotOf[row] = slot;
    return kept[slot];
  }

  function release(): void {
    for (let row = 0; row < count; row++) {
      if (slotOf[row] < 0 || keeps(row)) continue;
      free.push(slotOf[row]);
      slotOf[row] = -1;
    }
  }

  function subtractMissing(missing: Int32Array, changes: Float64Array, errors: Float64Array): void {
    if (missing.length > free.length + room - kept.length) release();
    const slots = Array.from(missing, slotFor);
    const factors = changes.map((change) => -change);
    tiles.takeLeft(set, missing.map((row) => rows[row]));
    for (let from = 0; from < count; from += RIGHT_BLOCK) {
      const to = Math.min(count, from + RIGHT_BLOCK);
      tiles.takeRight(set, rows, from, to);
      for (let first = 0; first < missing.length; first += LEFT_BLOCK) {
        const last = Math.min(missing.length, first + LEFT_BLOCK);
        const values = tiles.values(first, last);
        for (let s = first, at = 0; s < last; s++, at += RIGHT_BLOCK) {
          slots[s]?.set(values.subarray(at, at + to - from), from);
        }
        tiles.accumulate(BLOCK_ROWS.subarray(0, last - first), factors.subarray(first, last), errors, from, to - from);
      }
      tick();
    }
  }

  return {
    subtract(chosen, changes, errors) {
      const missing: number[] = [];
      for (let s = 0; s < chosen.length; s++) {
        if (slotOf[chosen[s]] < 0) missing.push(s);
        else subtractScaled(errors, kept[slotOf[chosen[s]]], changes[s], count);
      }
      tick();
      if (missing.length > 0) subtractMissing(Int32Array.from(missing, (s) => chosen[s]), Float64Array.from(missing, (s) => changes[s]), errors);
    },

    among(chosen) {
      const size = chosen.length;
      if (space.block.length < size * size) space.block = new Float32Array(size * size);
      const values = space.block.subarray(0, size * size);
      const places = chosen.map((row) => rows[row]);
      const unknown: number[] = [];
      for (let s = 0; s < size; s++) {
        if (slotOf[chosen[s]] < 0) unknown.push(s);
        else gather(kept[slotOf[chosen[s]]], chosen, values, s * size);
      }
      tick();
      tiles.takeLeft(set, Int32Array.from(unknown, (s) => places[s]));
      for (let from = 0; from < size && unknown.length > 0; from += RIGHT_BLOCK) {
        const to = Math.min(size, from + RIGHT_BLOCK);
        tiles.takeRight(set, places, from, to);
        for (let first = 0; first < unknown.length; first += LEFT_BLOCK) {
          const last = Math.min(unknown.length, first + LEFT_BLOCK);
          const part = tiles.values(first, last);
          for (let u = first, at = 0; u < last; u++, at += RIGHT_BLOCK) values.set(part.subarray(at, at + to - from), unknown[u] * size + from);
        }
        tick();
      }
      return values;
    },
  };
}

function subtractScaled(errors: Float64Array, values: Float32Array, change: number, count: number): void {
  for (let t = 0; t < count; t++) errors[t] -= change * values[t];
}

function gather(column: Float32Array, chosen: Int32Array, values: Float32Array, at: number): void {
  for (let t = 0; t < chosen.length; t++) values[at + t] = column[chosen[t]];
}
