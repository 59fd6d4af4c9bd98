import type { Matrix } from '../matrix.js';
import { unitOf } from '../unit-of.js';
import type { PaddedRows } from './mean-linear-loss.js';

/** Mean and 1 / standard deviation of each column; the latter is 0 for a constant column, which thereby drops out. */
export interface ColumnScales {
  readonly mean: Float64Array;
  readonly inverseDeviation: Float64Array;
}

/** Column scales of a matrix; pixels count in 0..1. Two passes, so that no cancellation spoils a small deviation. */
export function columnScales({ rows, columns, data }: Matrix): ColumnScales {
  const unit = unitOf({ data });
  const mean = new Float64Array(columns);
  const variance = new Float64Array(columns);
  for (let row = 0, i = 0; row < rows; row++) for (let j = 0; j < columns; j++, i++) mean[j] += data[i];
  for (let j = 0; j < columns; j++) mean[j] = (mean[j] / rows) * unit;
  for (let row = 0, i = 0; row < rows; row++) for (let j = 0; j < columns; j++, i++) variance[j] += (data[i] * unit - mean[j]) ** 2;
  const inverseDeviation = variance.map((sum, j) => {
    const deviation = Math.sqrt(sum / rows);
    return deviation > 1e-7 * Math.max(1, Math.abs(mean[j])) ? 1 / deviation : 0;
  });
  return { mean, inverseDeviation };
}

/** Columns with one for the bias, rounded up to an even number. */
export function paddedStride(columns: number): number {
  return columns + 1 + ((columns + 1) % 2);
}

/** Standardised columns, then a column of ones (the bias), then zeros up to an even number of columns. */
export function standardisePadded({ rows, columns, data }: Matrix, { mean, inverseDeviation }: ColumnScales): PaddedRows {
  const unit = unitOf({ data });
  const stride = paddedStride(columns);
  const padded = new Float32Array(rows * stride);
  for (let row = 0, i = 0; row < rows; row++) {
    const to = row * stride;
    for (let j = 0; j < columns; j++, i++) padded[to + j] = (data[i] * unit - mean[j]) * inverseDeviation[j];
    padded[to + columns] = 1;
  }
  return { rows, stride, data: padded };
}
