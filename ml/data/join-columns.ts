import { InvalidDataError } from '../../shared/errors.js';
import type { Matrix } from '../matrix.js';

/**
 * Matrices side by side: the columns of the first, then of the second, and so on. A single one is not copied.
 * @param names names them in errors.
 * @throws InvalidDataError when their numbers of rows differ, or there is none.
 */
export function joinColumns(names: readonly string[], parts: readonly Matrix<Float32Array>[]): Matrix<Float32Array> {
  if (parts.length === 0) throw new InvalidDataError('There is nothing to join: expected at least one matrix.');
  if (parts.length === 1) return parts[0];
  const { rows } = parts[0];
  for (const [index, part] of parts.entries()) {
    if (part.rows !== rows) throw new InvalidDataError(`${names[index]} has ${part.rows} rows, but ${names[0]} has ${rows}.`);
  }
  const columns = parts.reduce((sum, part) => sum + part.columns, 0);
  const data = new Float32Array(rows * columns);
  let left = 0;
  for (const part of parts) {
    const width = part.columns;
    for (let row = 0; row < rows; row++) {
      let to = row * columns + left;
      for (let from = row * width, end = from + width; from < end; from++, to++) data[to] = part.data[from];
    }
    left += width;
  }
  return { rows, columns, data };
}
