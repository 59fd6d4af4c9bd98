import { InvalidConfigError } from '../../../shared/errors.js';
import { SMALLEST } from '../../ensembles/label-probabilities.js';
import type { LabelledMatrix } from '../../matrix.js';
import { rowsBetween } from '../../matrix.js';
import { CLASSES } from '../../models/model.js';
import { decodeForest, encodeForest } from '../../trees/forest-bytes.js';
import { unpackForest } from '../../trees/forest.js';
import type { Forest } from '../../trees/forest.js';
import { forestVotes } from '../../trees/forest-votes.js';
import { loadTreeInput } from '../../trees/tree-input.js';
import { repackForest } from './repack-forest.js';

const WHOLE = 255;
const PSEUDO_SHARE = 0.001; // for each class: no class is ruled out

/**
 * A forest of fewer trees: those that together have the lowest log-loss on validation rows, found one by one (forward selection without
 * replacement, as Caruana et al. 2004 select models).
 * @param validation rows that no tree was grown on.
 * @param part of the trees that stays, at least one.
 * @throws InvalidConfigError unless 0 < part <= 1; InvalidModelError when the bytes are no such model.
 */
export function fewerTrees(title: string, bytes: Uint8Array, validation: LabelledMatrix, part: number): Uint8Array {
  if (!(part > 0 && part <= 1)) throw new InvalidConfigError(`Fewer trees: part is ${part}, expected a number above 0, at most 1.`);
  const { packed, arrays } = decodeForest(bytes, title);
  const forest = unpackForest(packed);
  const input = loadTreeInput(arrays, packed.width);
  const trees = selected(ownShares(forest, { x: input.apply(validation.x), labels: validation.labels }), Math.ceil(part * forest.roots.length));
  const none = { closed: new Uint8Array(forest.below.length), counts: new Int32Array(0) };
  return encodeForest(repackForest(forest, { trees, ...none }), input.arrays());
}

/** By tree: what it gives to each row's own class, in 255ths. */
function ownShares(forest: Forest, { x, labels }: LabelledMatrix): Uint8Array[] {
  return Array.from(forest.roots, (root) => {
    const tree = { ...forest, roots: Int32Array.of(root), weights: Float64Array.of(1) };
    const shares = new Uint8Array(x.rows);
    for (let from = 0; from < x.rows; from += 1000) {
      const votes = forestVotes(tree, rowsBetween(x, from, Math.min(x.rows, from + 1000)));
      for (let row = 0; row * CLASSES < votes.length; row++) shares[from + row] = votes[row * CLASSES + labels[from + row]];
    }
    return shares;
  });
}

/** In ascending order. */
function selected(shares: readonly Uint8Array[], count: number): number[] {
  const left = new Set(shares.keys());
  const sums = new Float64Array(shares[0].length);
  for (let size = 1; size <= count; size++) {
    let best = { tree: -1, loss: Infinity };
    for (const tree of left) {
      let loss = 0;
      for (let row = 0; row < sums.length; row++) loss -= Math.log(Math.max(SMALLEST, (sums[row] + shares[tree][row]) / (size * WHOLE) + PSEUDO_SHARE));
      if (loss < best.loss) best = { tree, loss };
    }
    left.delete(best.tree);
    for (let row = 0; row < sums.length; row++) sums[row] += shares[best.tree][row];
  }
  return [...shares.keys()].filter((tree) => !left.has(tree));
}
