import type { ModelEvaluation } from '../../shared/metrics.js';

/** The pairs of classes most often taken for one another: actual, predicted, how often. Most frequent first. */
export function mostConfused(confusion: readonly (readonly number[])[], limit: number): ModelEvaluation['mostConfused'] {
  return confusion
    .flatMap((row, actual) => row.map((count, predicted) => ({ actual, predicted, count })))
    .filter(({ actual, predicted, count }) => actual !== predicted && count > 0)
    .sort((a, b) => b.count - a.count || a.actual - b.actual || a.predicted - b.predicted)
    .slice(0, limit);
}
