import { CLASSES } from './model.js';
import type { ColumnScales } from './standardise.js';

/** Weights for columns as they come, from weights for standardised columns. */
export function foldScales(solution: Float64Array, { mean, inverseDeviation }: ColumnScales): { weights: Float32Array; bias: Float32Array } {
  const columns = mean.length;
  const weights = new Float32Array(columns * CLASSES);
  const bias = solution.slice(columns * CLASSES, (columns + 1) * CLASSES);
  for (let j = 0, i = 0; j < columns; j++) {
    for (let k = 0; k < CLASSES; k++, i++) {
      weights[i] = solution[i] * inverseDeviation[j];
      bias[k] -= weights[i] * mean[j]; // by the rounded weight, so that rounding does not move the mean row
    }
  }
  return { weights, bias: Float32Array.from(bias) };
}
