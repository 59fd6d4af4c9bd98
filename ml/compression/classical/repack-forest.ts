import { CLASSES } from '../../models/model.js';
import type { Forest } from '../../trees/forest.js';
import { leafShares } from '../../trees/leaf-shares.js';
import type { PackedForest } from '../../trees/packed-forest.js';
import { LEAF } from '../../trees/tree.js';

/** What is left of a forest. */
export interface LeftOfForest {
  /** Numbers of the trees that stay, in their order. */
  readonly trees: readonly number[];
  /** By node: 1 for a split that becomes a leaf. */
  readonly closed: Uint8Array;
  /** [nodes, 10]: the rows of each class, from which new leaves have their shares. */
  readonly counts: Int32Array;
}

/** Packs some of a forest's trees anew, some of their splits made leaves; cuts that nothing uses any more are gone. */
export function repackForest(forest: Forest, { trees, closed, counts }: LeftOfForest): PackedForest {
  const { width, weights, roots, columns, thresholds, below } = forest;
  const orders = trees.map((tree) => levelOrder(roots[tree], (node) => (closed[node] === 1 || below[node] < 0 ? undefined : below[node])));
  const isSplit = (node: number): boolean => closed[node] === 0 && below[node] >= 0;
  const splits = orders.flatMap((order) => order.filter(isSplit));
  const { cuts, cutCounts, numberOf } = cutsInUse(width, splits.map((node) => ({ column: columns[node], threshold: thresholds[node] })));
  const leaves = orders.flatMap((order) => order.filter((node) => !isSplit(node))).map((node) => (below[node] < 0 ? ownShares(forest, node) : newShares(counts, node)));
  return {
    width, treeWeights: Float64Array.from(trees, (tree) => weights[tree]), treeNodes: Int32Array.from(orders, ({ length }) => length), cuts, cutCounts,
    nodeColumns: Uint16Array.from(orders.flat(), (node) => (isSplit(node) ? columns[node] : LEAF)),
    splitCuts: Uint8Array.from(splits, (node) => numberOf(columns[node], thresholds[node])),
    leafSizes: Uint8Array.from(leaves, ({ length }) => length),
    leafClasses: Uint8Array.from(leaves.flat(), ([digit]) => digit), leafShares: Uint8Array.from(leaves.flat(), ([, share]) => share),
  };
}

/** Class and share in 255ths. */
type Share = readonly [number, number];

function levelOrder(root: number, firstChild: (node: number) => number | undefined): number[] {
  const order = [root];
  for (let at = 0; at < order.length; at++) {
    const child = firstChild(order[at]);
    if (child !== undefined) order.push(child, child + 1);
  }
  return order;
}

function ownShares({ below, leafStarts, leafClasses, leafShares: shares }: Forest, node: number): Share[] {
  const leaf = -1 - below[node];
  return Array.from({ length: leafStarts[leaf + 1] - leafStarts[leaf] }, (_, i): Share => [leafClasses[leafStarts[leaf] + i], shares[leafStarts[leaf] + i]]);
}

function newShares(counts: Int32Array, node: number): Share[] {
  const own = counts.subarray(node * CLASSES, (node + 1) * CLASSES);
  const digits = [...own.keys()].filter((digit) => own[digit] > 0);
  const shares = new Uint8Array(digits.length);
  leafShares(Int32Array.from(digits, (digit) => own[digit]), 0, digits.length, shares);
  return digits.map((digit, i): Share => [digit, shares[i]]).filter(([, share]) => share > 0);
}

function cutsInUse(width: number, splits: readonly { readonly column: number; readonly threshold: number }[]): {
  readonly cuts: Float32Array; readonly cutCounts: Uint8Array; numberOf(column: number, threshold: number): number;
} {
  const used = Array.from({ length: width }, () => new Set<number>());
  for (const { column, threshold } of splits) used[column].add(threshold);
  const sorted = used.map((cuts) => [...cuts].sort((a, b) => a - b));
  const places = sorted.map((cuts) => new Map(cuts.map((cut, place) => [cut, place])));
  return {
    cuts: Float32Array.from(sorted.flat()), cutCounts: Uint8Array.from(sorted, ({ length }) => length),
    numberOf: (column, threshold) => places[column].get(threshold) ?? 0,
  };
}
