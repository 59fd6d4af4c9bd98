import type { Matrix } from '../matrix.js';
import { columnRange } from './column-range.js';
import type { Scatter } from './scatter.js';

const REPORT_EVERY = 256;

/**
 * The scatter in float64 loops that pass over zeros: right for a few hundred columns, and for a thread that holds no TensorFlow.
 * @param labels class of each row, below `classes`; all rows are class 0 where absent.
 * @throws InvalidDataError for a number that is not finite.
 */
export function plainScatter(x: Matrix, labels: Uint8Array | undefined, classes: number, working: () => void): Scatter {
  const { rows, columns, data } = x;
  const counts = new Float64Array(classes);
  const sums = new Float64Array(classes * columns);
  const products = new Float64Array(columns * columns);
  const { shift, scale } = unitsOf(x);
  const places = new Int32Array(columns);
  const values = new Float64Array(columns);
  for (let row = 0, i = 0; row < rows; row++) {
    if (row % REPORT_EVERY === 0) working();
    const label = labels ? labels[row] : 0;
    counts[label]++;
    let filled = 0;
    for (let j = 0; j < columns; j++, i++) {
      const value = data[i] - shift[j];
      if (value === 0) continue;
      places[filled] = j;
      values[filled++] = value;
      sums[label * columns + j] += value;
    }
    for (let a = 0; a < filled; a++) {
      const value = values[a];
      const to = places[a] * columns;
      for (let b = 0; b <= a; b++) products[to + places[b]] += value * values[b];
    }
  }
  for (let a = 0; a < columns; a++) for (let b = 0; b < a; b++) products[b * columns + a] = products[a * columns + b];
  return { rows, columns, counts, sums, products, shift, scale };
}

/** Pixels are counted from 0 in steps of 1 / 255; floats from their mean. */
function unitsOf({ rows, columns, data }: Matrix): { shift: Float64Array; scale: Float64Array } {
  if (data instanceof Uint8Array) return { shift: new Float64Array(columns), scale: new Float64Array(columns).fill(1 / 255) };
  return { shift: columnRange({ rows, columns, data }).mean, scale: new Float64Array(columns).fill(1) };
}
