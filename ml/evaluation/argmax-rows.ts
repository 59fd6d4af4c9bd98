import type { Matrix } from '../matrix.js';

/** The column of each row's largest number; the first of equals. */
export function argmaxRows({ rows, columns, data }: Matrix): Uint8Array {
  const best = new Uint8Array(rows);
  for (let row = 0, at = 0; row < rows; row++, at += columns) {
    let column = 0;
    for (let k = 1; k < columns; k++) if (data[at + k] > data[at + column]) column = k;
    best[row] = column;
  }
  return best;
}
