import type { Matrix } from '../matrix.js';

/** The given rows of a matrix, in the order given, copied; the matrix keeps its type. */
export function takeMatrixRows<T extends Float32Array | Uint8Array>({ columns, data }: Matrix<T>, rows: ArrayLike<number>): Matrix<T> {
  const length = rows.length * columns;
  const taken = (data instanceof Uint8Array ? new Uint8Array(length) : new Float32Array(length)) as T;
  for (let i = 0; i < rows.length; i++) taken.set(data.subarray(rows[i] * columns, (rows[i] + 1) * columns), i * columns);
  return { rows: rows.length, columns, data: taken };
}
