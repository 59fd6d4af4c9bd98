import type { Matrix } from '../matrix.js';
import { unitOf } from '../unit-of.js';

/**
 * Rows through (x - offset) times weights, summed in float64; for few columns of weights. Where columns depend on one another weights are large and
 * cancel, and sums in float32 (`affineMap`) would be noise.
 * @param offset [columns]
 * @param weights [columns, width], row-major
 * @param start [width], what each sum begins with. @default zeros
 * @returns float64 [rows, width], row-major
 */
export function affineSums(offset: Float32Array, weights: Float32Array, start?: Float64Array): (x: Matrix) => Float64Array {
  const columns = offset.length;
  const width = weights.length / columns;
  return (x) => {
    const unit = unitOf(x);
    const sums = new Float64Array(x.rows * width);
    for (let row = 0, i = 0; row < x.rows; row++) {
      const own = sums.subarray(row * width, (row + 1) * width);
      if (start) own.set(start);
      for (let j = 0, at = 0; j < columns; j++, i++) {
        const value = x.data[i] * unit - offset[j];
        for (let k = 0; k < width; k++, at++) own[k] += value * weights[at];
      }
    }
    return sums;
  };
}
