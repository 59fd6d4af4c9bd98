import type { SearchMetric, TrialFit } from './search.js';

/** What a search minimises of a fit; Infinity for one that failed. */
export function trialLoss(fit: Pick<TrialFit, SearchMetric>, metric: SearchMetric): number {
  const value = fit[metric];
  if (value === undefined) return Infinity;
  return metric === 'validationAccuracy' ? -value : value;
}
