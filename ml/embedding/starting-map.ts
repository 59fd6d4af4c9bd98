import { InvalidDataError } from '../../shared/errors.js';
import type { Matrix } from '../matrix.js';

/**
 * The first two columns, centred and scaled together so that the first has the standard deviation `deviation`: [rows, 2].
 * @throws InvalidDataError when there are fewer than two columns or rows, or the first column is the same in all rows.
 */
export function startingMap({ rows, columns, data }: Matrix<Float32Array>, deviation: number): Float64Array {
  if (columns < 2 || rows < 2) throw new InvalidDataError(`A map starts with the first two columns of at least two rows; got ${rows} rows of ${columns} columns.`);
  const points = Float64Array.from({ length: 2 * rows }, (_, i) => data[(i >> 1) * columns + (i & 1)]);
  for (const axis of [0, 1]) {
    let sum = 0;
    for (let i = axis; i < points.length; i += 2) sum += points[i];
    for (let i = axis; i < points.length; i += 2) points[i] -= sum / rows;
  }
  let squares = 0;
  for (let i = 0; i < points.length; i += 2) squares += points[i] * points[i];
  if (!(squares > 0 && squares < Infinity)) throw new InvalidDataError('A map cannot start: the first column is the same in all rows or not finite.');
  const scale = deviation / Math.sqrt(squares / rows);
  return points.map((value) => value * scale);
}
