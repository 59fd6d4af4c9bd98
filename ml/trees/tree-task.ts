import type { ParallelTask, TaskAnswer, TaskRunner } from '../../shared/parallel-tasks.js';
import { createRandom, deriveSeed } from '../random.js';
import type { GrowOptions } from './grow-options.js';
import { growTree } from './grow-tree.js';
import { leafOfRows } from './leaf-of-rows.js';
import type { Tree } from './tree.js';

/** What one tree of a forest is grown with, beside its data. */
export interface TreeTaskParams extends GrowOptions {
  readonly seed: number;
  /** Rows drawn with replacement, as a part of all rows; 0 takes every row once. */
  readonly sampleFraction: number;
  /** Columns that the tree may use, drawn without replacement. */
  readonly columnsPerTree: number;
}

/** Grows one tree on a sample of its own. The answer holds the tree, and by row its leaf, or -1 for the rows it was grown on. */
export const growTreeTask: TaskRunner = ({ params, arrays }, tick) => {
  const options = params as unknown as TreeTaskParams;
  const [bins, byRow, labels] = ['bins', 'byRow', 'labels'].map((name) => arrays[name] as Uint8Array);
  const cutStarts = arrays['cutStarts'] as Int32Array;
  const [rows, columns] = [labels.length, cutStarts.length - 1];
  const random = createRandom(deriveSeed(options.seed, 1));
  const weights = new Int32Array(rows).fill(options.sampleFraction === 0 ? 1 : 0);
  const draws = options.sampleFraction === 0 ? 0 : Math.max(1, Math.round(options.sampleFraction * rows));
  for (let i = 0; i < draws; i++) weights[random.integer(rows)]++;
  const drawn = random.shuffle(Int32Array.from({ length: columns }, (_, column) => column)).subarray(0, options.columnsPerTree);
  const data = { rows, columns, bins, byRow, cutStarts, labels, weights, candidates: drawn };
  const tree = growTree(data, options, options.seed, tick);
  return { ...tree, ...(draws > 0 && { outOfBag: leafOfRows(tree, data, weights) }) };
};

/** The tree of an answer. */
export function treeOf(answer: TaskAnswer): Tree {
  return answer as unknown as Tree;
}

/** A unit of work for `growTreeTask`. */
export function treeTask(params: TreeTaskParams, arrays: ParallelTask['arrays']): ParallelTask {
  return { params: { ...params }, arrays };
}
