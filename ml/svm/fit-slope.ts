import { logLoss } from '../evaluation/log-loss.js';
import { couplePairs } from './couple-pairs.js';
import { goldenSection } from './golden-section.js';

const [LEAST, MOST] = [0.3, 60];
const STEPS = 12; // the slope to one in a hundred

/** The slope of the pairs' sigmoids, one for all of them, with which the coupled probabilities have the lowest log-loss. */
export function fitSlope(decisions: Float64Array, labels: Uint8Array, present: Uint8Array, working: () => void): number {
  const loss = (logarithm: number): number => {
    working();
    return logLoss(couplePairs(decisions, Math.exp(logarithm), present), labels);
  };
  return Math.exp(goldenSection(loss, Math.log(LEAST), Math.log(MOST), STEPS));
}
