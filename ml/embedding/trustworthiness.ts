import { InvalidConfigError, InvalidDataError } from '../../shared/errors.js';
import type { Matrix } from '../matrix.js';
import { nearestNeighbours } from '../neighbours/nearest-neighbours.js';

/**
 * How far the neighbours in a map are neighbours in the data too, in [0, 1]: each of a row's k nearest in the map costs as many
 * ranks as it lies beyond the k-th in the data (Venna and Kaski, 2001; scikit-learn's `trustworthiness`). Time: rows squared
 * times columns.
 * @param onRow called after each row; may throw to end it.
 * @throws InvalidConfigError when k is not a whole number from 1 to below half the rows.
 * @throws InvalidDataError when the two have different numbers of rows or a value is not finite.
 */
export function trustworthiness(high: Matrix<Float32Array>, low: Matrix<Float32Array>, k = 12, onRow?: (done: number) => void): number {
  const { rows } = high;
  if (low.rows !== rows) throw new InvalidDataError(`trustworthiness: ${rows} rows of data and ${low.rows} of a map; expected as many.`);
  if (!Number.isSafeInteger(k) || k < 1 || k >= rows / 2) {
    throw new InvalidConfigError(`trustworthiness: k is ${k}; expected a whole number from 1 to below ${rows / 2}, half the rows.`);
  }
  const { indices } = nearestNeighbours(low, k);
  const squared = new Float64Array(rows);
  let excess = 0;
  for (let row = 0; row < rows; row++) {
    squaredDistances(high, row, squared);
    for (let i = row * k; i < (row + 1) * k; i++) {
      const limit = squared[indices[i]];
      let rank = 1;
      for (let other = 0; other < rows; other++) {
        if (squared[other] < limit || (squared[other] === limit && other < indices[i])) rank++;
      }
      excess += Math.max(0, rank - Number(precedes(row, indices[i], limit)) - k);
    }
    onRow?.(row + 1);
  }
  return 1 - (2 / (rows * k * (2 * rows - 3 * k - 1))) * excess;
}

/** Whether the row itself, at distance 0, was counted among those before the other. */
function precedes(row: number, other: number, limit: number): boolean {
  return limit > 0 || row < other;
}

function squaredDistances({ rows, columns, data }: Matrix<Float32Array>, row: number, squared: Float64Array): void {
  const from = row * columns;
  for (let other = 0, at = 0; other < rows; other++) {
    let sum = 0;
    for (let j = from; j < from + columns; j++) {
      const difference = data[j] - data[at++];
      sum += difference * difference;
    }
    squared[other] = sum;
  }
}
