import type { BinnedColumns } from './binned-columns.js';
import { leafShares } from './leaf-shares.js';
import type { PackedForest } from './packed-forest.js';
import { LEAF } from './tree.js';
import type { Tree } from './tree.js';

/** Trees in their stored form: the cuts in use instead of bins, shares instead of weights. */
export function packForest(trees: readonly Tree[], treeWeights: Float64Array, { columns: width, cuts, cutStarts }: Pick<BinnedColumns, 'columns' | 'cuts' | 'cutStarts'>): PackedForest {
  const used = new Uint8Array(cuts.length);
  for (const { columns, bins } of trees) for (let i = 0; i < columns.length; i++) if (columns[i] !== LEAF) used[cutStarts[columns[i]] + bins[i]] = 1;
  const numbers = new Uint8Array(cuts.length);
  const cutCounts = new Uint8Array(width);
  for (let column = 0; column < width; column++) {
    for (let i = cutStarts[column]; i < cutStarts[column + 1]; i++) if (used[i]) numbers[i] = cutCounts[column]++;
  }
  const nodes = trees.reduce((sum, { columns }) => sum + columns.length, 0);
  const entries = trees.reduce((sum, { leafClasses }) => sum + leafClasses.length, 0);
  const splits = (nodes - trees.length) / 2;
  const packed = {
    width, treeWeights, cutCounts, treeNodes: Int32Array.from(trees, ({ columns }) => columns.length), cuts: cuts.filter((_, i) => used[i] === 1),
    nodeColumns: new Uint16Array(nodes), splitCuts: new Uint8Array(splits), leafSizes: new Uint8Array(nodes - splits), leafClasses: new Uint8Array(entries), leafShares: new Uint8Array(entries),
  };
  let [node, split, leaf, entry] = [0, 0, 0, 0];
  for (const tree of trees) {
    packed.nodeColumns.set(tree.columns, node);
    node += tree.columns.length;
    tree.columns.forEach((column, i) => {
      if (column !== LEAF) packed.splitCuts[split++] = numbers[cutStarts[column] + tree.bins[i]];
    });
    const shares = new Uint8Array(tree.leafWeights.length);
    for (let i = 0; i + 1 < tree.leafStarts.length; i++) {
      packed.leafSizes[leaf++] = tree.leafStarts[i + 1] - tree.leafStarts[i];
      leafShares(tree.leafWeights, tree.leafStarts[i], tree.leafStarts[i + 1], shares);
    }
    packed.leafClasses.set(tree.leafClasses, entry);
    packed.leafShares.set(shares, entry);
    entry += shares.length;
  }
  return packed;
}
