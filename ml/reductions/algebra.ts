import type { Matrix } from '../matrix.js';
import type { Scatter } from './scatter.js';

/** Eigenvalues of a symmetric matrix in falling order, and the eigenvectors of the first of them as rows. */
export interface LeadingEigen {
  /** All eigenvalues, [size]. */
  readonly values: Float64Array;
  /** [count, size], rows of length 1. */
  readonly vectors: Float64Array;
  readonly count: number;
}

/**
 * The large products behind the reductions: `plainAlgebra` is float64 in this thread, `tensorFlowAlgebra` has TensorFlow's
 * kernels and threads and is for processes. `working` is called many times a second of work.
 */
export interface DenseAlgebra {
  /** @throws InvalidDataError for a number that is not finite. */
  scatter(x: Matrix, labels: Uint8Array | undefined, classes: number, working: () => void): Scatter;
  /**
   * Decomposes a symmetric matrix [size, size].
   * @param choose how many eigenvectors are wanted, given all eigenvalues in falling order.
   */
  leadingEigen(matrix: Float64Array, size: number, choose: (values: Float64Array) => number, working: () => void): LeadingEigen;
  /** (x - offset) times weights [columns, width]; pixels count in 0..1. */
  project(x: Matrix, offset: Float64Array, weights: Float64Array, working: () => void): Matrix<Float32Array>;
}
