import { CLASSES } from './model.js';
import { SOFTMAX_CROSS_ENTROPY } from './softmax-cross-entropy.js';
import type { PaddedRows } from './mean-linear-loss.js';

const PRODUCTS = 1.2e9; // multiplications spent on the covariance: about a second
const ROWS_A_COLUMN = 4; // fewer leave the covariance without full rank, and the solver without a direction
const REPORT_EVERY = 256;

/**
 * Solves (bound X'X / n + ridge I) in place, for each class of a [stride, 10] vector: an upper bound of the Hessian (for softmax
 * regression Boehning's, 1992), which takes the correlations between columns out of the problem. Found from all
 * rows where that is quick, else from evenly spaced ones, at least four a column. `working` is called now and then meanwhile.
 */
export function covariancePreconditioner(
  { rows, stride, data }: PaddedRows, ridge: number, working: () => void, bound = SOFTMAX_CROSS_ENTROPY.bound,
): (vector: Float64Array) => void {
  const sampled = Math.min(rows, Math.max(ROWS_A_COLUMN * stride, Math.ceil((2 * PRODUCTS) / (stride * stride))));
  const lower = new Float64Array(stride * stride);
  for (let i = 0; i < sampled; i++) {
    if (i % REPORT_EVERY === 0) working();
    const first = Math.floor((i * rows) / sampled) * stride;
    for (let a = 0; a < stride; a++) {
      const value = (data[first + a] * bound) / sampled;
      if (value === 0) continue;
      for (let b = 0, at = a * stride; b <= a; b++, at++) lower[at] += value * data[first + b];
    }
  }
  for (let a = 0; a < stride; a++) lower[a * stride + a] += ridge + 1e-6; // padding and constant columns are 0 without
  working();
  choleskyInPlace(lower, stride);
  return (vector) => solveInPlace(lower, stride, vector);
}

/** A = L L': the lower triangle of A is replaced by L. A must be positive definite. */
function choleskyInPlace(lower: Float64Array, size: number): void {
  for (let a = 0; a < size; a++) {
    for (let b = 0; b <= a; b++) {
      let sum = lower[a * size + b];
      for (let c = 0, left = a * size, right = b * size; c < b; c++, left++, right++) sum -= lower[left] * lower[right];
      lower[a * size + b] = a === b ? Math.sqrt(sum) : sum / lower[b * size + b];
    }
  }
}

/** L L' x = v for the ten columns of v at once. */
function solveInPlace(lower: Float64Array, size: number, vector: Float64Array): void {
  for (let a = 0; a < size; a++) {
    for (let b = 0; b < a; b++) subtract(vector, a, b, lower[a * size + b]);
    divide(vector, a, lower[a * size + a]);
  }
  for (let a = size - 1; a >= 0; a--) {
    divide(vector, a, lower[a * size + a]);
    for (let b = 0; b < a; b++) subtract(vector, b, a, lower[a * size + b]);
  }
}

function subtract(vector: Float64Array, row: number, other: number, scale: number): void {
  for (let k = 0, to = row * CLASSES, from = other * CLASSES; k < CLASSES; k++, to++, from++) vector[to] -= scale * vector[from];
}

function divide(vector: Float64Array, row: number, by: number): void {
  for (let k = 0, at = row * CLASSES; k < CLASSES; k++, at++) vector[at] /= by;
}
