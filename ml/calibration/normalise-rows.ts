import type { Matrix } from '../matrix.js';

/**
 * Probabilities of each row in proportion to its weights (numbers of 0 or more): float32 [rows, columns]. A row of zeros gives equal
 * probabilities, as in scikit-learn.
 */
export function normaliseRows(weights: Float64Array, columns: number): Matrix<Float32Array> {
  const data = new Float32Array(weights.length);
  for (let from = 0; from < weights.length; from += columns) {
    let sum = 0;
    for (let i = from; i < from + columns; i++) sum += weights[i];
    for (let i = from; i < from + columns; i++) data[i] = sum > 0 ? weights[i] / sum : 1 / columns;
  }
  return { rows: weights.length / columns, columns, data };
}
