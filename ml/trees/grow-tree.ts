import { CLASSES } from '../models/model.js';
import { createRandom } from '../random.js';
import type { BinnedColumns } from './binned-columns.js';
import { ROWS_IN_CACHE } from './column-gatherer.js';
import { bestCutSplitter, randomCutSplitter } from './column-splits.js';
import type { GrowOptions } from './grow-options.js';
import { createNodeHistograms, subtractCounts } from './node-histograms.js';
import { createNodeRows, gatherNode } from './node-rows.js';
import type { NodeRows } from './node-rows.js';
import { scanEntropy, scanGini, unsplitScore } from './scan-bins.js';
import type { BestCut } from './scan-bins.js';
import { createTreeBuilder } from './tree-builder.js';
import type { Tree } from './tree.js';

/** Rows from which on a node that looks at every column keeps its counts, so that its larger child's come by subtraction. */
const HISTOGRAM_ROWS = 2_000;
const TICK_NUMBERS = 4e6;

interface Waiting {
  readonly node: number;
  readonly from: number;
  readonly to: number;
  readonly depth: number;
  readonly counts: Int32Array | undefined;
  /** How many columns are known to be constant here; see `createSplitFinder`. */
  readonly constants: number;
}

interface Split extends BestCut {
  column: number;
  /** Columns that the node's children need not look at. */
  constants: number;
}

/** What a tree is grown on. */
export interface GrowData extends Pick<BinnedColumns, 'rows' | 'columns' | 'bins' | 'byRow' | 'cutStarts'> {
  readonly labels: Uint8Array;
  /** By row; rows of weight 0 are left out. Whole numbers, so that what is subtracted is exactly what was counted. */
  readonly weights: Int32Array;
  /** The columns that may be split; a column without a cut is left out. */
  readonly candidates: Int32Array;
}

/**
 * Grows a classification tree (CART: Breiman, Friedman, Olshen, Stone 1984) on binned columns, depth first, until nodes are pure or a
 * bound of the options holds. The same seed gives the same tree.
 * @param tick called as work moves.
 */
export function growTree(data: GrowData, options: GrowOptions, seed: number, tick: () => void): Tree {
  const order = rowsOfWeight(data, options.thresholds);
  const columns = data.candidates.filter((column) => data.cutStarts[column + 1] > data.cutStarts[column]);
  const [node, spare] = [createNodeRows(order.length), new Int32Array(order.length)];
  const builder = createTreeBuilder();
  const histograms = createNodeHistograms(data, columns);
  const every = options.thresholds === 'best' && options.columnsPerSplit >= columns.length;
  const find = createSplitFinder(data, columns, options, seed, histograms.starts);
  const weight = data.weights.reduce((sum, one) => sum + one, 0);
  let worked = 0;

  const waiting: Waiting[] = [{ node: builder.root(), from: 0, to: order.length, depth: 0, counts: undefined, constants: 0 }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { from, to, depth } = next;
    gatherNode(node, order, from, to, data.labels, data.weights);
    let counts = next.counts;
    const mayBeSplit = node.classes > 1 && node.total >= 2 * options.minLeaf && (options.maxDepth === 0 || depth < options.maxDepth);
    if (mayBeSplit && every && !counts && node.count >= HISTOGRAM_ROWS) {
      counts = histograms.take();
      histograms.count(counts, node);
    }
    const split = mayBeSplit ? find(node, next.constants, counts) : undefined;
    worked += node.count * Math.min(columns.length, options.columnsPerSplit);
    if (worked > TICK_NUMBERS) {
      worked = 0;
      tick();
    }
    const gain = split ? split.score - unsplitScore(options.criterion, node) : 0;
    if (!split || gain < options.minImpurityDecrease * weight) {
      builder.leaf(next.node, node);
      if (counts) histograms.release(counts);
      continue;
    }
    const middle = partition(order, from, to, spare, data, split.column, split.bin);
    const [leftNode, rightNode] = builder.split(next.node, split.column, split.bin, Math.max(0, gain));
    const leftIsSmaller = middle - from <= to - middle;
    const small = leftIsSmaller ? { node: leftNode, from, to: middle } : { node: rightNode, from: middle, to };
    const large = leftIsSmaller ? { node: rightNode, from: middle, to } : { node: leftNode, from, to: middle };
    let ofSmall: Int32Array | undefined;
    let ofLarge: Int32Array | undefined;
    if (counts && large.to - large.from >= HISTOGRAM_ROWS) {
      ofSmall = histograms.take();
      gatherNode(node, order, small.from, small.to, data.labels, data.weights);
      histograms.count(ofSmall, node);
      ofLarge = subtractCounts(counts, ofSmall);
      if (small.to - small.from < HISTOGRAM_ROWS) {
        histograms.release(ofSmall);
        ofSmall = undefined;
      }
    } else if (counts) histograms.release(counts);
    const { constants } = split;
    waiting.push({ ...large, depth: depth + 1, counts: ofLarge, constants }, { ...small, depth: depth + 1, counts: ofSmall, constants });
  }
  return builder.finish();
}

/**
 * Finds the best split of a node among columns drawn at random. The columns that a node knows to be constant stand first in `drawn`; what is
 * grown below it moves the others only, so that they still stand there for its second child.
 */
function createSplitFinder(data: GrowData, columns: Int32Array, options: GrowOptions, seed: number, starts: Int32Array): (node: NodeRows, constants: number, counts: Int32Array | undefined) => Split | undefined {
  const random = createRandom(seed);
  const scan = options.criterion === 'gini' ? scanGini : scanEntropy;
  const splitColumn = options.thresholds === 'best' ? bestCutSplitter(data, options) : randomCutSplitter(data, options, random);
  const drawn = columns.slice();
  const all = Uint8Array.from({ length: 256 }, (_, bin) => bin);
  const cut: BestCut = { score: 0, bin: 0 };
  const whole = { classes: CLASSES, byClass: new Float64Array(CLASSES), total: 0 };

  return (node, known, counts) => {
    const best: Split = { score: -Infinity, bin: 0, column: -1, constants: known };
    const perfect = options.criterion === 'gini' ? node.total : 0;
    whole.byClass.fill(0);
    whole.total = node.total;
    for (let k = 0; k < node.classes; k++) whole.byClass[node.present[k]] = node.byClass[k];
    for (let end = drawn.length, looked = 0; end > best.constants && looked < options.columnsPerSplit;) {
      const j = best.constants + Math.floor(random.uniform() * (end - best.constants));
      const column = drawn[j];
      if (counts) scan(counts, starts[column], all, data.cutStarts[column + 1] - data.cutStarts[column] + 1, whole, options.minLeaf, cut);
      else if (!splitColumn(node, column, cut)) {
        drawn[j] = drawn[best.constants];
        drawn[best.constants++] = column;
        continue;
      }
      drawn[j] = drawn[--end];
      drawn[end] = column;
      looked++;
      if (cut.score > best.score) {
        best.score = cut.score;
        best.bin = cut.bin;
        best.column = column;
        if (best.score >= perfect) break; // both sides are pure: nothing is better
      }
    }
    return best.column < 0 ? undefined : best;
  };
}

/**
 * The rows that count. For random thresholds they stand class by class, which dividing nodes keeps, and the weight of a class is a plain sum;
 * a histogram is counted faster where neighbours differ in class and so in the number that they add to.
 */
function rowsOfWeight({ weights, labels }: GrowData, thresholds: GrowOptions['thresholds']): Int32Array {
  const rows = new Int32Array(weights.length);
  let count = 0;
  for (let digit = 0; digit < (thresholds === 'random' ? CLASSES : 1); digit++) {
    for (let row = 0; row < weights.length; row++) if (weights[row] > 0 && (thresholds === 'best' || labels[row] === digit)) rows[count++] = row;
  }
  return rows.subarray(0, count);
}

/** Brings the rows that go left to the front, in their order, and says where the others begin. */
function partition(order: Int32Array, from: number, to: number, spare: Int32Array, { rows, columns, bins, byRow }: GrowData, column: number, cut: number): number {
  let [left, right] = [from, 0];
  const few = to - from < ROWS_IN_CACHE;
  const offset = column * rows;
  for (let i = from; i < to; i++) {
    const row = order[i];
    if ((few ? byRow[row * columns + column] : bins[offset + row]) <= cut) order[left++] = row;
    else spare[right++] = row;
  }
  order.set(spare.subarray(0, right), left);
  return left;
}
