import type { ClassMetrics } from '../../shared/metrics.js';

/** Precision, recall and F1 of each class, one against the rest; 0 where undefined (never predicted, or no such row). */
export function classMetrics(confusion: readonly (readonly number[])[]): ClassMetrics[] {
  return confusion.map((actual, k) => {
    const hits = actual[k];
    const support = actual.reduce((sum, count) => sum + count, 0);
    const predicted = confusion.reduce((sum, row) => sum + row[k], 0);
    return {
      precision: ratio(hits, predicted),
      recall: ratio(hits, support),
      f1: ratio(2 * hits, support + predicted),
      support,
    };
  });
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
