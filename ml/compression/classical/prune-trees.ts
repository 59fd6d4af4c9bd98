import { InvalidConfigError } from '../../../shared/errors.js';
import type { LabelledMatrix } from '../../matrix.js';
import { CLASSES } from '../../models/model.js';
import { decodeForest, encodeForest } from '../../trees/forest-bytes.js';
import { unpackForest } from '../../trees/forest.js';
import type { Forest } from '../../trees/forest.js';
import { loadTreeInput } from '../../trees/tree-input.js';
import { nodeCounts } from './node-counts.js';
import { repackForest } from './repack-forest.js';

/**
 * Minimal cost-complexity pruning (Breiman et al. 1984) of every tree of a decision tree, a forest or a bag: the smallest subtree that minimises
 * impurity + complexity x leaves, where the impurity of a leaf is Gini's, times its part of the rows. A complexity of 0 takes only splits that
 * tell these rows nothing.
 * @param bytes of a model whose leaves hold shares.
 * @param train the rows that the trees were grown on.
 * @returns the smaller model, of the same kind.
 * @throws InvalidConfigError unless complexity >= 0; InvalidModelError when the bytes are no such model.
 */
export function pruneTrees(title: string, bytes: Uint8Array, train: LabelledMatrix, complexity: number): Uint8Array {
  if (!(complexity >= 0)) throw new InvalidConfigError(`Pruning: complexity is ${complexity}, expected a number of at least 0.`);
  const { packed, arrays } = decodeForest(bytes, title);
  const forest = unpackForest(packed);
  const input = loadTreeInput(arrays, packed.width);
  const counts = nodeCounts(forest, { x: input.apply(train.x), labels: train.labels });
  const closed = closedSplits(forest, counts, complexity * train.x.rows);
  return encodeForest(repackForest(forest, { trees: [...forest.roots.keys()], closed, counts }), input.arrays());
}

/** By node: 1 for a split that costs more than it gains. Children stand after their parents, so that going backwards is going up. */
function closedSplits({ below }: Forest, counts: Int32Array, costOfLeaf: number): Uint8Array {
  const closed = new Uint8Array(below.length);
  const costs = new Float64Array(below.length);
  for (let node = below.length - 1; node >= 0; node--) {
    const [rows, impurity] = impurityOf(counts, node);
    costs[node] = impurity + costOfLeaf;
    if (below[node] < 0 || rows === 0) continue; // what no row reaches cannot be a leaf: its shares would be unknown
    const open = costs[below[node]] + costs[below[node] + 1];
    if (costs[node] <= open) closed[node] = 1;
    else costs[node] = open;
  }
  return closed;
}

/** Rows, and rows times Gini's impurity. */
function impurityOf(counts: Int32Array, node: number): readonly [number, number] {
  let [rows, squares] = [0, 0];
  for (let i = node * CLASSES; i < (node + 1) * CLASSES; i++) {
    rows += counts[i];
    squares += counts[i] * counts[i];
  }
  return [rows, rows === 0 ? 0 : rows - squares / rows];
}
