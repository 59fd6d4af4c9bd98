import type { Spread } from '../../../shared/analysis/data-description.js';
import { rounded } from '../../rounded.js';

/**
 * Mean, population standard deviation and quantiles (linear interpolation, as numpy.percentile) of at least one value, to six
 * figures. The values are not changed.
 */
export function spreadOf(values: Float32Array): Spread {
  const sorted = values.slice().sort();
  let sum = 0;
  for (const value of sorted) sum += value;
  const mean = sum / sorted.length;
  let squares = 0;
  for (const value of sorted) squares += (value - mean) ** 2;
  return {
    mean: rounded(mean), sd: rounded(Math.sqrt(squares / sorted.length)), min: rounded(sorted[0]), p5: rounded(quantileOf(sorted, 0.05)),
    median: rounded(quantileOf(sorted, 0.5)), p95: rounded(quantileOf(sorted, 0.95)), max: rounded(sorted[sorted.length - 1]),
  };
}

/** A quantile of sorted values, with linear interpolation between neighbours. */
export function quantileOf(sorted: Float32Array | Float64Array, fraction: number): number {
  const place = fraction * (sorted.length - 1);
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
}
