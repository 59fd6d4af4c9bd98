import type { Matrix } from '../../matrix.js';

/** Pearson correlation of two rows from their squared distance and the rows' own sums: no pixel is read again. */
export interface PlainCorrelation {
  between(a: number, b: number, squaredDistance: number): number;
}

/** Prepares sums and squares of all rows of `first` (index a) and `second` (index b). A flat row correlates 0 with all. */
export function plainCorrelation(first: Matrix<Uint8Array>, second: Matrix<Uint8Array>): PlainCorrelation {
  const left = moments(first);
  const right = second === first ? left : moments(second);
  const { columns } = first;
  return {
    between(a, b, squaredDistance) {
      const product = (left.squares[a] + right.squares[b] - squaredDistance) / 2;
      const scale = Math.sqrt((left.squares[a] - left.sums[a] ** 2 / columns) * (right.squares[b] - right.sums[b] ** 2 / columns));
      return scale > 0 ? Math.min(1, (product - (left.sums[a] * right.sums[b]) / columns) / scale) : 0;
    },
  };
}

function moments({ rows, columns, data }: Matrix<Uint8Array>): { sums: Float64Array; squares: Float64Array } {
  const sums = new Float64Array(rows);
  const squares = new Float64Array(rows);
  for (let row = 0, at = 0; row < rows; row++) {
    let [sum, square] = [0, 0];
    for (let column = 0; column < columns; column++, at++) {
      sum += data[at];
      square += data[at] * data[at];
    }
    sums[row] = sum;
    squares[row] = square;
  }
  return { sums, squares };
}
