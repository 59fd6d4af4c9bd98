import type { Matrix } from '../matrix.js';
import type { KernelFunction } from './kernel-function.js';

/** The kernel between rows of a matrix, by their numbers, in double precision: for a few rows. */
export function kernelValue({ kernel, gamma, degree, coef0 }: KernelFunction, { columns, data }: Matrix<Float32Array>): (a: number, b: number) => number {
  return (a, b) => {
    let [product, square] = [0, 0];
    for (let j = 0, i = a * columns, k = b * columns; j < columns; j++, i++, k++) {
      product += data[i] * data[k];
      square += (data[i] - data[k]) ** 2;
    }
    if (kernel === 'rbf') return Math.exp(-gamma * square);
    return kernel === 'linear' ? product : (gamma * product + coef0) ** degree;
  };
}
