import type { MeanAndDeviation, SplitFacts } from './data-facts.js';

/** What is compared between train and test images. */
const COMPARED = ['brightness', 'contrast', 'ink'] as const;

/** The measure that differs most between two splits. */
export interface Drift {
  readonly measure: (typeof COMPARED)[number];
  /** Standardised difference beyond what chance explains; at least 0. */
  readonly size: number;
}

/** The largest drift among mean brightness, contrast and share of ink. */
export function driftBetween(train: SplitFacts, test: SplitFacts): Drift {
  const drifts = COMPARED.map((measure) => ({ measure, size: driftOf(train[measure], train.rows, test[measure], test.rows) }));
  return drifts.reduce((largest, drift) => (drift.size > largest.size ? drift : largest));
}

/**
 * Cohen's d (difference of means over the pooled standard deviation) less two of its standard errors (Hedges and Olkin, 1985), so
 * that a hundred images do not fail by chance. Infinite where means differ and nothing varies; 0 where a split is empty.
 */
export function driftOf(a: MeanAndDeviation, countA: number, b: MeanAndDeviation, countB: number): number {
  if (countA === 0 || countB === 0 || a.mean === b.mean) return 0;
  const pooled = Math.sqrt((countA * a.sd ** 2 + countB * b.sd ** 2) / (countA + countB));
  if (pooled === 0) return Infinity;
  const d = Math.abs(a.mean - b.mean) / pooled;
  const error = Math.sqrt(1 / countA + 1 / countB + d ** 2 / (2 * (countA + countB)));
  return Math.max(0, d - 2 * error);
}
