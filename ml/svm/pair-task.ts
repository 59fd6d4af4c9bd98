import type { JsonObject } from '../../shared/json.js';
import type { ParallelTask, SharedArray, TaskAnswer, TaskRunner } from '../../shared/parallel-tasks.js';
import type { KernelFunction } from './kernel-function.js';
import type { KernelSpace } from './kernel-columns.js';
import { kernelTiles } from './kernel-tiles.js';
import type { KernelTiles } from './kernel-tiles.js';
import type { PreparedRows } from './prepare-rows.js';
import { solvePair } from './solve-pair.js';

/** A pair of classes to tell apart: rows [begins[c], ends[c]) of a set sorted by class. */
export interface PairTask {
  readonly kernel: KernelFunction;
  readonly C: number;
  readonly tolerance: number;
  readonly first: readonly [number, number];
  readonly second: readonly [number, number];
}

/** A solved pair. */
export interface PairAnswer {
  /** Support vectors, by their row of the set, rising. */
  readonly rows: Int32Array;
  readonly weights: Float64Array;
  readonly bias: number;
  readonly steps: number;
  readonly rounds: number;
}

const FIRST_ROWS = 600;
const MOST_ROWS = 8000; // whose kernel values are 256 MB
const KEPT_BYTES = 256e6;
const space: KernelSpace = { columns: [], block: new Float32Array(0) }; // of a thread, for all its tasks

/** The task as a thread gets it; the set's arrays are on shared memory. */
export function pairTask(set: PreparedRows, { kernel, C, tolerance, first, second }: PairTask): ParallelTask {
  const params = { kernel: { ...kernel }, C, tolerance, first: [...first], second: [...second], columns: set.columns } as JsonObject;
  return { params, arrays: { data: set.data, terms: set.terms } };
}

/** What `runPairTask` answered. */
export function pairAnswer(answer: TaskAnswer): PairAnswer {
  const { rows, weights, facts } = answer as Readonly<Record<string, SharedArray>> & { readonly rows: Int32Array; readonly weights: Float64Array };
  return { rows, weights, bias: facts[0], steps: facts[1], rounds: facts[2] };
}

/** Solves one pair. */
export const runPairTask: TaskRunner = ({ params, arrays }, tick) => {
  const { kernel, C, tolerance, first, second, columns } = params as unknown as PairTask & { readonly columns: number };
  const { data, terms } = arrays as { readonly data: Float32Array; readonly terms: Float32Array };
  const count = first[1] - first[0];
  const rows = Int32Array.from({ length: count + second[1] - second[0] }, (_, i) => (i < count ? first[0] + i : second[0] + i - count));
  const signs = Int8Array.from(rows, (_, i) => (i < count ? 1 : -1));
  const { weights, bias, steps, rounds } = solvePair(
    { set: { rows: terms.length, columns, data, terms }, rows }, signs, tilesFor(kernel, columns),
    { C, tolerance, firstRows: FIRST_ROWS, mostRows: MOST_ROWS, keptBytes: KEPT_BYTES }, tick, space,
  );
  const support = [...weights.keys()].filter((row) => weights[row] !== 0);
  return {
    rows: Int32Array.from(support, (row) => rows[row]),
    weights: Float64Array.from(support, (row) => weights[row]),
    facts: Float64Array.of(bias, steps, rounds),
  };
};

let held: { readonly key: string; readonly tiles: KernelTiles } | undefined;

/** The tiles of the thread's last task where they serve this one: 45 pairs need them, and each compiles in 15 ms. */
function tilesFor(kernel: KernelFunction, columns: number): KernelTiles {
  const key = JSON.stringify([kernel, columns]);
  if (held?.key !== key) held = { key, tiles: kernelTiles(kernel, columns) };
  return held.tiles;
}
