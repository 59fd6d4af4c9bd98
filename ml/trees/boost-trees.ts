import { InvalidConfigError } from '../../shared/errors.js';
import type { LabelledMatrix } from '../matrix.js';
import type { FitContext } from '../models/model.js';
import { deriveSeed } from '../random.js';
import type { BinnedColumns } from './binned-columns.js';
import type { GrowOptions } from './grow-options.js';
import { growTree } from './grow-tree.js';
import { leafOfRows } from './leaf-of-rows.js';
import { votingTree } from './voting-tree.js';
import type { Tree } from './tree.js';

/** Row weights are whole numbers that sum to about so many: what is subtracted from a histogram is exactly what was counted. */
const WHOLE = 2 ** 30;

/** Trees and what each one's vote counts. */
export interface BoostedTrees {
  readonly trees: readonly Tree[];
  readonly weights: Float64Array;
  /** By tree: the weighted error on the training rows. */
  readonly errors: readonly number[];
}

/**
 * Multi-class AdaBoost (SAMME: Zhu, Zou, Rosset, Hastie 2009): each tree is grown on the rows weighted by how often the ones before missed
 * them. It ends early where a tree misses nothing, or is no better than chance.
 */
export async function boostTrees(data: BinnedColumns, labels: LabelledMatrix['labels'], rounds: number, learningRate: number, grow: GrowOptions, context: FitContext): Promise<BoostedTrees> {
  if (!(rounds >= 1 && learningRate > 0)) throw new InvalidConfigError(`Got ${rounds} trees and a learningRate of ${learningRate}: expected at least one and a number above 0.`);
  const classes = new Set(labels).size;
  const candidates = Int32Array.from({ length: data.columns }, (_, column) => column);
  const rowWeights = new Float64Array(labels.length).fill(1 / labels.length);
  const weights = new Int32Array(labels.length);
  const [trees, votes, errors]: [Tree[], number[], number[]] = [[], [], []];
  while (trees.length < rounds) {
    await new Promise((resolve) => setImmediate(resolve)); // lets messages out and an abort in
    context.signal.throwIfAborted();
    for (let row = 0; row < weights.length; row++) weights[row] = Math.max(1, Math.round(rowWeights[row] * WHOLE));
    const report = (): void => context.progress({ fraction: 0.1 + (0.89 * trees.length) / rounds, note: `tree ${trees.length}/${rounds}` });
    const tree = votingTree(growTree({ ...data, labels, weights, candidates }, grow, deriveSeed(context.seed, trees.length), report));
    const missed = missedRows(tree, data, labels);
    let error = 0;
    for (let row = 0; row < missed.length; row++) if (missed[row]) error += rowWeights[row];
    const chance = error >= 1 - 1 / classes;
    if (error <= 0 || chance) {
      if (trees.length === 0 || !chance) {
        trees.push(tree);
        votes.push(error <= 0 ? Math.max(1, ...votes) : 1);
        errors.push(error);
      }
      break;
    }
    const vote = learningRate * (Math.log((1 - error) / error) + Math.log(classes - 1));
    trees.push(tree);
    votes.push(vote);
    errors.push(error);
    reweigh(rowWeights, missed, Math.exp(vote));
    report();
  }
  return { trees, weights: Float64Array.from(votes), errors };
}

function missedRows(tree: Tree, data: BinnedColumns, labels: Uint8Array): Uint8Array {
  return Uint8Array.from(leafOfRows(tree, data), (leaf, row) => (tree.leafClasses[leaf] === labels[row] ? 0 : 1));
}

function reweigh(rowWeights: Float64Array, missed: Uint8Array, factor: number): void {
  let sum = 0;
  for (let row = 0; row < missed.length; row++) sum += rowWeights[row] *= missed[row] ? factor : 1;
  for (let row = 0; row < missed.length; row++) rowWeights[row] /= sum;
}
