import { affineQuantization, dequantize, quantize } from './affine-quantization.js';
import type { ValueHistogram } from './value-histogram.js';

/** Ways to choose the range that int8 must cover; values outside saturate. */
export const RANGE_RULES = ['min-max', 'percentile', 'mean-squared-error'] as const;
export type RangeRule = (typeof RANGE_RULES)[number];

const PERCENTILE = 0.9999;
const SHRINKS = 60;
const SMALLEST = 0.25; // of the full range

/** The [min, max] of an activation, by a rule, from its values on the calibration images. */
export function activationRange(histogram: ValueHistogram, rule: RangeRule): readonly [number, number] {
  const { min, max } = histogram;
  switch (rule) {
    case 'min-max':
      return [min, max];
    case 'percentile':
      return [Math.max(min, Math.min(0, histogram.quantile(1 - PERCENTILE))), Math.min(max, Math.max(0, histogram.quantile(PERCENTILE)))];
    case 'mean-squared-error':
      return leastSquaredError(histogram);
  }
}

function leastSquaredError(histogram: ValueHistogram): [number, number] {
  let best: [number, number] = [histogram.min, histogram.max];
  let least = Infinity;
  for (let step = 0; step <= SHRINKS; step++) {
    const shrink = 1 - ((1 - SMALLEST) * step) / SHRINKS;
    const range: [number, number] = [histogram.min * shrink, histogram.max * shrink];
    const error = squaredError(histogram, range);
    if (error < least) [least, best] = [error, range];
  }
  return best;
}

function squaredError(histogram: ValueHistogram, [min, max]: readonly [number, number]): number {
  const affine = affineQuantization(min, max);
  let sum = 0;
  for (let bin = 0; bin < histogram.counts.length; bin++) {
    const count = histogram.counts[bin];
    if (count === 0) continue;
    const value = histogram.center(bin);
    sum += count * (value - dequantize(quantize(value, affine), affine)) ** 2;
  }
  return sum;
}
