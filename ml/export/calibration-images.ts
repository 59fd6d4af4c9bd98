import { evenlySpacedRows } from '../data/evenly-spaced-rows.js';
import { takeMatrixRows } from '../data/take-matrix-rows.js';
import type { Matrix } from '../matrix.js';
import { asFloats } from '../models/as-floats.js';

/** Images that ranges are observed on: so many of the rows, evenly spaced, each as floats in [0, 1]. */
export function calibrationImages(fitted: Matrix, count: number): Float32Array[] {
  const { rows, columns, data } = asFloats(takeMatrixRows(fitted, evenlySpacedRows(fitted.rows, count)));
  return Array.from({ length: rows }, (_, row) => data.subarray(row * columns, (row + 1) * columns));
}
