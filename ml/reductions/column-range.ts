import { InvalidDataError } from '../../shared/errors.js';
import type { Matrix } from '../matrix.js';

/** Mean and largest distance from it, column by column. */
export interface ColumnRange {
  readonly mean: Float64Array;
  /** Largest |x - mean|; exactly 0 for a constant column. */
  readonly reach: Float64Array;
}

/**
 * Mean (summed in float64) and reach of each column of float32 numbers.
 * @throws InvalidDataError naming the first column that holds NaN or an infinity.
 */
export function columnRange({ rows, columns, data }: Matrix<Float32Array>): ColumnRange {
  const mean = new Float64Array(columns);
  const least = new Float64Array(columns).fill(Infinity);
  const most = new Float64Array(columns).fill(-Infinity);
  for (let row = 0, i = 0; row < rows; row++) {
    for (let j = 0; j < columns; j++, i++) {
      const value = data[i];
      mean[j] += value;
      if (value < least[j]) least[j] = value;
      if (value > most[j]) most[j] = value;
    }
  }
  for (let j = 0; j < columns; j++) {
    mean[j] = least[j] === most[j] ? least[j] : mean[j] / rows;
    if (!Number.isFinite(mean[j])) {
      throw new InvalidDataError(`Column ${j} holds NaN or an infinity; expected finite numbers. Look at the features that made it.`);
    }
  }
  return { mean, reach: mean.map((value, j) => Math.max(most[j] - value, value - least[j])) };
}
