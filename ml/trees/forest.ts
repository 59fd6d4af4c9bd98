import { InvalidModelError } from '../../shared/errors.js';
import { CLASSES } from '../models/model.js';
import { nodesBelow } from './leaf-of-rows.js';
import type { PackedForest } from './packed-forest.js';
import { LEAF } from './tree.js';

/** What a leaf's shares sum to. */
const WHOLE_SHARE = 255;

/** Trees as they are walked: flat arrays over the nodes of all trees. */
export interface Forest {
  readonly width: number;
  readonly weights: Float64Array;
  readonly roots: Int32Array;
  readonly columns: Uint16Array;
  readonly thresholds: Float32Array;
  /** The left child of a split, beside which the right one stands; minus one minus its number for a leaf. */
  readonly below: Int32Array;
  readonly leafStarts: Int32Array;
  readonly leafClasses: Uint8Array;
  readonly leafShares: Uint8Array;
  /** Splits of the deepest tree's longest path. */
  readonly depth: number;
}

/** @throws InvalidModelError when the arrays do not fit each other. */
export function unpackForest(packed: PackedForest): Forest {
  const { width, treeNodes, treeWeights, nodeColumns, splitCuts, cutCounts, cuts, leafSizes, leafClasses, leafShares } = packed;
  const roots = starts(treeNodes);
  const cutStarts = starts(cutCounts);
  const leafStarts = starts(leafSizes);
  check(roots.at(-1) === nodeColumns.length && treeNodes.length > 0 && treeWeights.length === treeNodes.length, 'nodes');
  check(treeWeights.every((weight) => weight > 0 && weight < Infinity), 'weights');
  check(cutCounts.length === width && cutStarts.at(-1) === cuts.length && cuts.every(Number.isFinite), 'cuts');
  check(leafStarts.at(-1) === leafClasses.length && leafShares.length === leafClasses.length && leafClasses.every((one) => one < CLASSES), 'leaves');
  check(leafSizes.every((_, leaf) => sumBetween(leafShares, leafStarts[leaf], leafStarts[leaf + 1]) === WHOLE_SHARE), 'leaves');
  const thresholds = new Float32Array(nodeColumns.length);
  const below = new Int32Array(nodeColumns.length);
  let [split, leaf, deepest] = [0, 0, 0];
  for (let tree = 0; tree < treeNodes.length; tree++) {
    const first = roots[tree];
    const inTree = nodesBelow(nodeColumns.subarray(first, first + treeNodes[tree]));
    const depths = new Int32Array(inTree.length);
    let splits = 0;
    for (let i = 0, node = first; i < inTree.length; i++, node++) {
      deepest = Math.max(deepest, depths[i]);
      if (inTree[i] < 0) {
        below[node] = -1 - leaf++;
        continue;
      }
      splits++;
      const column = nodeColumns[node];
      check(inTree[i] > i && inTree[i] + 1 < inTree.length && column < width && splitCuts[split] < cutCounts[column], 'splits');
      thresholds[node] = cuts[cutStarts[column] + splitCuts[split++]];
      below[node] = first + inTree[i];
      depths[inTree[i]] = depths[inTree[i] + 1] = depths[i] + 1;
    }
    check(inTree.length === 2 * splits + 1, 'splits');
  }
  check(split === splitCuts.length && leaf === leafSizes.length, 'splits');
  // A leaf's column is not looked at, but where it is read it must be one.
  const columns = nodeColumns.map((column) => (column === LEAF ? 0 : column));
  return { width, weights: treeWeights, roots: roots.subarray(0, -1), columns, thresholds, below, leafStarts, leafClasses, leafShares, depth: deepest };
}

function starts(counts: ArrayLike<number>): Int32Array {
  const sums = new Int32Array(counts.length + 1);
  for (let i = 0; i < counts.length; i++) sums[i + 1] = sums[i] + counts[i];
  return sums;
}

function sumBetween(values: Uint8Array, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += values[i];
  return sum;
}

function check(holds: boolean, what: string): void {
  if (!holds) throw new InvalidModelError(`Not a forest: the arrays of its ${what} do not fit each other. Fit the model again.`);
}
