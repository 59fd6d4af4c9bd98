import { mean, sampleStandardDeviation } from 'simple-statistics';
import type { Spread } from '../../shared/metrics.js';

/** Mean and standard deviation (n - 1) of at least two figures. */
export function spreadOf(figures: readonly number[]): Spread {
  return { mean: mean([...figures]), deviation: sampleStandardDeviation([...figures]) };
}
