import type { Matrix } from '../matrix.js';
import { unitOf } from '../unit-of.js';

/**
 * Rows through (x - offset) times weights, summed in float64; for few columns of weights. Discriminants of columns that depend on one another are
 * large numbers that cancel, and sums in float32 would be noise.
 * @param offset [columns]
 * @param weights [columns, width], row-major
 */
export function exactAffineMap(offset: Float32Array, weights: Float32Array): (x: Matrix) => Matrix<Float32Array> {
  const columns = offset.length;
  const width = weights.length / columns;
  return (x) => {
    const unit = unitOf(x);
    const data = new Float32Array(x.rows * width);
    const sums = new Float64Array(width);
    for (let row = 0, i = 0; row < x.rows; row++) {
      sums.fill(0);
      for (let j = 0, at = 0; j < columns; j++, i++) {
        const value = x.data[i] * unit - offset[j];
        for (let k = 0; k < width; k++, at++) sums[k] += value * weights[at];
      }
      data.set(sums, row * width);
    }
    return { rows: x.rows, columns: width, data };
  };
}
