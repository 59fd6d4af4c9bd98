import { logLoss } from '../evaluation/log-loss.js';
import { couplePairs } from './couple-pairs.js';

const [LEAST, MOST] = [0.3, 60];
const SEARCHES = 12; // a golden section each: the slope to one in a hundred
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/** The slope of the pairs' sigmoids, one for all of them, with which the coupled probabilities have the lowest log-loss. */
export function fitSlope(decisions: Float64Array, labels: Uint8Array, present: Uint8Array, working: () => void): number {
  const loss = (logarithm: number): number => {
    working();
    return logLoss(couplePairs(decisions, Math.exp(logarithm), present), labels);
  };
  let [low, high] = [Math.log(LEAST), Math.log(MOST)];
  let [left, right] = [high - GOLDEN * (high - low), low + GOLDEN * (high - low)];
  let [atLeft, atRight] = [loss(left), loss(right)];
  for (let search = 0; search < SEARCHES; search++) {
    if (atLeft <= atRight) {
      [high, right, atRight] = [right, left, atLeft];
      left = high - GOLDEN * (high - low);
      atLeft = loss(left);
    } else {
      [low, left, atLeft] = [left, right, atRight];
      right = low + GOLDEN * (high - low);
      atRight = loss(right);
    }
  }
  return Math.exp((low + high) / 2);
}
