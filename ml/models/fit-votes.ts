import { logLoss } from '../evaluation/log-loss.js';
import type { Neighbours } from '../neighbours/neighbours.js';
import type { KernelRule } from './neighbour-votes.js';
import { voteProbabilities } from './neighbour-votes.js';

const WIDTHS = [0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 1e6]; // in mean squared distances of the k-th neighbour; the last weighs all alike
const FLOORS = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1];
const DEFAULTS = { width: 0.5, floor: 0.02 };

/**
 * The kernel width and the floor at which the votes of validation rows have the smallest log-loss; without such rows, usual values.
 * @param found the validation rows' neighbours among the training rows
 * @param own the training rows' labels
 */
export function fitVotes(found: Neighbours, own: Uint8Array, labels: Uint8Array): KernelRule {
  const unit = meanSquare(found);
  if (found.rows === 0) return { weights: 'fitted', width: DEFAULTS.width * unit, floor: DEFAULTS.floor };
  let best: KernelRule & { readonly loss: number } = { weights: 'fitted', width: unit, floor: 1, loss: Infinity };
  for (const width of WIDTHS) {
    for (const floor of FLOORS) {
      const rule: KernelRule = { weights: 'fitted', width: width * unit, floor };
      const loss = logLoss(voteProbabilities(found, own, rule), labels);
      if (loss < best.loss) best = { ...rule, loss };
    }
  }
  return { weights: 'fitted', width: best.width, floor: best.floor };
}

/** Of the distance to the k-th neighbour; 1 where all rows are equal or there are none. */
function meanSquare({ rows, k, distances }: Neighbours): number {
  let sum = 0;
  for (let row = 1; row <= rows; row++) sum += distances[row * k - 1] ** 2;
  return sum > 0 ? sum / rows : 1;
}
