import type { LabelledMatrix } from '../matrix.js';
import { takeMatrixRows } from './take-matrix-rows.js';

/** The given rows of a matrix and their labels, in the order given, copied; the matrix keeps its type. */
export function takeLabelledRows({ x, labels }: LabelledMatrix, rows: ArrayLike<number>): LabelledMatrix {
  return { x: takeMatrixRows(x, rows), labels: Uint8Array.from(rows, (row) => labels[row]) };
}
