import type { Matrix } from '../matrix.js';
import { CLASSES } from '../models/model.js';
import { unitOf } from '../unit-of.js';
import type { Forest } from './forest.js';

/** Rows walked through a tree before the next tree: they and a tree stay in the cache. */
const BLOCK = 512;

/**
 * What the trees say, by [row, class]: shares (in 255ths) times their trees' weights, summed tree by tree in their order, so that a row
 * alone gets what it gets among others.
 */
export function forestVotes(forest: Forest, x: Matrix): Float64Array {
  const { weights, roots, columns, thresholds, below, leafStarts, leafClasses, leafShares } = forest;
  const { rows, columns: width, data } = x;
  const unit = unitOf(x);
  const votes = new Float64Array(rows * CLASSES);
  for (let from = 0; from < rows; from += BLOCK) {
    const to = Math.min(from + BLOCK, rows);
    for (let tree = 0; tree < roots.length; tree++) {
      const [root, weight] = [roots[tree], weights[tree]];
      for (let row = from; row < to; row++) {
        const offset = row * width;
        let node = root;
        let next = below[node];
        while (next >= 0) {
          node = data[offset + columns[node]] * unit > thresholds[node] ? next + 1 : next;
          next = below[node];
        }
        const leaf = -1 - next;
        for (let i = leafStarts[leaf]; i < leafStarts[leaf + 1]; i++) votes[row * CLASSES + leafClasses[i]] += weight * leafShares[i];
      }
    }
  }
  return votes;
}
