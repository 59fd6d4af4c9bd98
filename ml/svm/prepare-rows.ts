import type { Matrix } from '../matrix.js';
import type { KernelFunction } from './kernel-function.js';
import { UNROLLED } from './kernel-code.js';

/** Rows in the form that `kernelTiles` multiplies: scaled so that a kernel is a function of x'y + terms, and padded. */
export interface PreparedRows {
  readonly rows: number;
  /** A multiple of UNROLLED. */
  readonly columns: number;
  /** [rows, columns] */
  readonly data: Float32Array;
  /** [rows]: what a row adds to each of its products; for RBF, half of its negative squared length. */
  readonly terms: Float32Array;
}

/** Numbers a row has once prepared. */
export function preparedColumns(columns: number): number {
  return Math.ceil(columns / UNROLLED) * UNROLLED;
}

/**
 * Scales rows for a kernel. The squared lengths are summed as the products are, so that a row's RBF kernel with itself is exactly 1, however large gamma.
 * @param centre [columns] is taken off first for RBF, whose values it does not change: float32 then loses fewer digits.
 * @param out where to write; made when absent.
 */
export function prepareRows({ rows, columns, data }: Matrix<Float32Array>, { kernel, gamma, coef0 }: KernelFunction, centre: Float32Array, out?: PreparedRows): PreparedRows {
  const width = preparedColumns(columns);
  const prepared = out ?? { rows, columns: width, data: new Float32Array(rows * width), terms: new Float32Array(rows) };
  const rbf = kernel === 'rbf';
  const scale = Math.fround(rbf ? Math.sqrt(2 * gamma) : kernel === 'polynomial' ? Math.sqrt(gamma) : 1);
  for (let row = 0, i = 0; row < rows; row++) {
    let square = 0;
    for (let j = 0, to = row * width; j < columns; j++, i++, to++) {
      const value = Math.fround((rbf ? data[i] - centre[j] : data[i]) * scale);
      prepared.data[to] = value;
      square = Math.fround(square + Math.fround(value * value));
    }
    prepared.terms[row] = rbf ? -square / 2 : kernel === 'polynomial' ? coef0 / 2 : 0;
  }
  return prepared;
}
