import type { Matrix } from '../matrix.js';

/** Rows divided by their length, so that squared distances are twice (1 - cosine); rows of zeros stay as they are. */
export function toUnitLength({ rows, columns, data }: Matrix<Float32Array>): Matrix<Float32Array> {
  const out = new Float32Array(data.length);
  for (let row = 0; row < rows; row++) {
    let sum = 0;
    for (let i = row * columns; i < (row + 1) * columns; i++) sum += data[i] * data[i];
    const factor = sum > 0 ? 1 / Math.sqrt(sum) : 0;
    for (let i = row * columns; i < (row + 1) * columns; i++) out[i] = data[i] * factor;
  }
  return { rows, columns, data: out };
}
