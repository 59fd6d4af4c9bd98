import { InternalError } from '../../shared/errors.js';
import { tensorFlowOps } from '../../native/tensorflow-js-ops.js';
import type { TensorFlow } from '../../native/tensorflow-js.js';
import type { Matrix } from '../matrix.js';
import type { DenseAlgebra, LeadingEigen } from './algebra.js';
import { refineEigenvectors } from './refine-eigenvectors.js';
import { tensorFlowScatter } from './tensorflow-scatter.js';

type Tensor2D = ReturnType<TensorFlow['tensor2d']>;

const PROJECTED_AT_ONCE = 4096;
const REFINEMENTS = 2;

/** TensorFlow's matrix products and its symmetric eigenvalue kernel (float32), corrected to float64 where it matters. */
export function tensorFlowAlgebra(tf: TensorFlow): DenseAlgebra {
  return {
    scatter: (x, labels, classes, working) => tensorFlowScatter(tf, x, labels, classes, working),
    leadingEigen: (matrix, size, choose, working) => leadingEigen(tf, matrix, size, choose, working),
    project: (x, offset, weights, working) => project(tf, x, offset, weights, working),
  };
}

function leadingEigen(tf: TensorFlow, matrix: Float64Array, size: number, choose: (values: Float64Array) => number, working: () => void): LeadingEigen {
  const largest = largestOf(matrix);
  if (largest === 0) throw new InternalError('A matrix of zeros has no leading eigenvectors; the caller leaves constant columns out.');
  const [ascending, columns] = tf.tidy(() => {
    // To 1 at most, so that float32 neither over- nor underflows.
    const scaled = tf.tensor2d(scaledFloats(matrix, 1 / largest), [size, size]);
    return tensorFlowOps(tf).symmetricEigen(scaled) as [ReturnType<TensorFlow['tensor1d']>, Tensor2D];
  });
  const basisVectors = tf.tidy(() => columns.reverse(1)); // the falling order
  try {
    working();
    const values = Float64Array.from(ascending.dataSync(), (value) => value * largest).reverse();
    // One more than is wanted: refined values may move the border.
    const refined = Math.min(size, choose(values) + 1);
    const vectors = leadingRows(basisVectors, size, refined);
    for (let step = 0; step < REFINEMENTS; step++) {
      const basis = {
        values,
        coordinates: (rows: Float64Array) => multiplySmall(tf, rows, size, basisVectors, false),
        combine: (rows: Float64Array) => multiplySmall(tf, rows, size, basisVectors, true),
      };
      values.set(refineEigenvectors(matrix, size, vectors, basis, working));
    }
    const count = Math.min(refined, choose(values));
    return { values, vectors: vectors.slice(0, count * size), count };
  } finally {
    [ascending, columns, basisVectors].forEach((tensor) => tensor.dispose());
  }
}

/** Rows times a float32 matrix; the rows are brought to 1 at most, so that small residuals keep their digits. */
function multiplySmall(tf: TensorFlow, rows: Float64Array, size: number, right: Tensor2D, transpose: boolean): Float64Array {
  const scale = largestOf(rows) || 1;
  const product = tf.tidy(() => {
    const left = tf.tensor2d(scaledFloats(rows, 1 / scale), [rows.length / size, size]);
    return tf.matMul<Tensor2D>(left, right, false, transpose);
  });
  const values = new Float64Array(product.dataSync());
  product.dispose();
  for (let i = 0; i < values.length; i++) values[i] *= scale;
  return values;
}

/** A loop: `from` with a function goes through an iterator, at forty times the cost. */
function scaledFloats(values: Float64Array, factor: number): Float32Array {
  const floats = new Float32Array(values.length);
  for (let i = 0; i < values.length; i++) floats[i] = values[i] * factor;
  return floats;
}

function leadingRows(basisVectors: Tensor2D, size: number, count: number): Float64Array {
  const all = basisVectors.dataSync();
  const rows = new Float64Array(count * size);
  for (let r = 0, i = 0; r < count; r++) for (let j = 0; j < size; j++, i++) rows[i] = all[j * size + r];
  return rows;
}

function largestOf(values: Float64Array): number {
  let largest = 0;
  for (let i = 0; i < values.length; i++) largest = Math.max(largest, Math.abs(values[i]));
  return largest;
}

function project(tf: TensorFlow, x: Matrix, offset: Float64Array, weights: Float64Array, working: () => void): Matrix<Float32Array> {
  const { rows, columns, data } = x;
  const width = weights.length / columns;
  const out = new Float32Array(rows * width);
  const ops = tensorFlowOps(tf);
  const [middle, factors] = [tf.tensor1d(Float32Array.from(offset)), tf.tensor2d(Float32Array.from(weights), [columns, width])];
  for (let from = 0; from < rows; from += PROJECTED_AT_ONCE) {
    working();
    const to = Math.min(rows, from + PROJECTED_AT_ONCE);
    const projected = tf.tidy(() => {
      const part = data.subarray(from * columns, to * columns);
      const values = part instanceof Uint8Array ? ops.floatsOfBytes(part).div(255) : tf.tensor1d(part);
      return tf.matMul(values.reshape<Tensor2D>([to - from, columns]).sub<Tensor2D>(middle), factors);
    });
    out.set(projected.dataSync(), from * width);
    projected.dispose();
  }
  middle.dispose();
  factors.dispose();
  return { rows, columns: width, data: out };
}
