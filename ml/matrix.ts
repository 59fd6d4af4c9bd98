/**
 * A dense row-major matrix. Features are Float32Array; pixels stay Uint8Array (0..255, standing for value / 255) until
 * they are used, which keeps 60,000 images at 47 MB.
 */
export interface Matrix<T extends Float32Array | Uint8Array = Float32Array | Uint8Array> {
  readonly rows: number;
  readonly columns: number;
  readonly data: T;
}

/** Rows and their classes (0..9). */
export interface LabelledMatrix {
  readonly x: Matrix;
  readonly labels: Uint8Array;
}

/** The rows [from, to) of a matrix, sharing its memory. */
export function rowsBetween<T extends Float32Array | Uint8Array>(matrix: Matrix<T>, from: number, to: number): Matrix<T> {
  const data = matrix.data.subarray(from * matrix.columns, to * matrix.columns) as T;
  return { rows: to - from, columns: matrix.columns, data };
}
