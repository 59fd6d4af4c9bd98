import type { Matrix } from '../matrix.js';
import { unitOf } from '../unit-of.js';
import type { DenseAlgebra } from './algebra.js';
import { plainScatter } from './plain-scatter.js';
import { symmetricEigen } from './symmetric-eigen.js';

const REPORT_EVERY = 256;

/** Float64 in this thread: for small problems, for threads without TensorFlow, and as the oracle of the fast one. */
export const plainAlgebra: DenseAlgebra = {
  scatter: plainScatter,
  leadingEigen: symmetricEigen,
  project,
};

function project({ rows, columns, data }: Matrix, offset: Float64Array, weights: Float64Array, working: () => void): Matrix<Float32Array> {
  const unit = unitOf({ data });
  const width = weights.length / columns;
  const out = new Float32Array(rows * width);
  const sums = new Float64Array(width);
  for (let row = 0, i = 0; row < rows; row++) {
    if (row % REPORT_EVERY === 0) working();
    sums.fill(0);
    for (let j = 0, w = 0; j < columns; j++, i++) {
      const value = data[i] * unit - offset[j];
      for (let k = 0; k < width; k++, w++) sums[k] += value * weights[w];
    }
    out.set(sums, row * width);
  }
  return { rows, columns: width, data: out };
}
