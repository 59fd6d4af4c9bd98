import type { SearchMetric, TrialFit } from './search.js';
import { trialLoss } from './trial-loss.js';

type Fit = Pick<TrialFit, 'trial' | 'rung' | SearchMetric>;

/**
 * Orders fits, best first: one at a higher rung before one at a lower, since figures at different amounts of the resource do not compare; at
 * the same rung the smaller loss; of equal ones the earlier trial. Failed ones come last.
 */
export function compareFits(a: Fit, b: Fit, metric: SearchMetric): number {
  const [lossA, lossB] = [trialLoss(a, metric), trialLoss(b, metric)];
  if ((lossA === Infinity) !== (lossB === Infinity)) return lossA === Infinity ? 1 : -1;
  if (a.rung !== b.rung) return b.rung - a.rung;
  return lossA !== lossB ? (lossA < lossB ? -1 : 1) : a.trial - b.trial;
}

/** The best of some fits; undefined where none succeeded. */
export function bestFit<F extends Fit>(fits: readonly F[], metric: SearchMetric): F | undefined {
  const [first] = fits.toSorted((a, b) => compareFits(a, b, metric));
  return first && trialLoss(first, metric) < Infinity ? first : undefined;
}
