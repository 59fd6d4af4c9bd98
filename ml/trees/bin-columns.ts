import { InvalidDataError } from '../../shared/errors.js';
import { evenlySpacedRows } from '../data/evenly-spaced-rows.js';
import type { Matrix } from '../matrix.js';
import { unitOf } from '../unit-of.js';
import type { BinnedColumns } from './binned-columns.js';
import { columnCuts } from './column-cuts.js';

/** Rows that the cuts of a column are found on. */
const SAMPLE = 10_000;
/** Columns read at a time: neighbours in memory. */
const STRIP = 16;
/** 65,535 marks a leaf where a column's number would stand. */
const MOST_COLUMNS = 65_535;

/**
 * Brings columns to at most 255 bins each, once for all trees. Matrices beside each other count as one.
 * @param parts of as many rows each; pixels stand for value / 255.
 * @param tick called after every few columns.
 * @throws InvalidDataError for more columns than a tree can name.
 */
export function binColumns(parts: readonly Matrix[], maxBins: number, tick: (done: number, columns: number) => void): BinnedColumns {
  const rows = parts[0].rows;
  const columns = parts.reduce((sum, part) => sum + part.columns, 0);
  if (columns >= MOST_COLUMNS) throw new InvalidDataError(`Trees take fewer than ${MOST_COLUMNS} columns, got ${columns}: select or project them.`);
  const bins = new Uint8Array(new SharedArrayBuffer(columns * rows));
  const byRow = new Uint8Array(new SharedArrayBuffer(columns * rows));
  const cutStarts = new Int32Array(columns + 1);
  const cuts: number[] = [];
  const sampled = evenlySpacedRows(rows, SAMPLE);
  let column = 0;
  for (const x of parts) {
    for (let from = 0; from < x.columns; from += STRIP) {
      const to = Math.min(from + STRIP, x.columns);
      const strip = Array.from({ length: to - from }, (_, j) => columnCuts(sampleOf(x, from + j, sampled), maxBins));
      binStrip(x, from, strip, bins.subarray(column * rows, (column + to - from) * rows), { byRow: byRow.subarray(column), columns });
      for (const found of strip) {
        cuts.push(...found);
        cutStarts[++column] = cuts.length;
      }
      tick(column, columns);
    }
  }
  return { rows, columns, bins, byRow, cuts: Float32Array.from(cuts), cutStarts };
}

function sampleOf(x: Matrix, column: number, rows: ArrayLike<number>): Float32Array {
  const unit = unitOf(x);
  const values = new Float32Array(rows.length);
  for (let i = 0; i < rows.length; i++) values[i] = x.data[rows[i] * x.columns + column] * unit;
  return values.sort();
}

function binStrip(x: Matrix, from: number, strip: readonly (readonly number[])[], out: Uint8Array, { byRow, columns }: { readonly byRow: Uint8Array; readonly columns: number }): void {
  if (x.data instanceof Uint8Array) {
    const binOf = strip.map((cuts) => Uint8Array.from({ length: 256 }, (_, value) => binned(Math.fround(value / 255), cuts)));
    for (let row = 0; row < x.rows; row++) {
      for (let j = 0, i = row * x.columns + from; j < strip.length; j++, i++) byRow[row * columns + j] = out[j * x.rows + row] = binOf[j][x.data[i]];
    }
    return;
  }
  const cutsOf = strip.map((cuts) => Float32Array.from(cuts));
  for (let row = 0; row < x.rows; row++) {
    for (let j = 0, i = row * x.columns + from; j < strip.length; j++, i++) byRow[row * columns + j] = out[j * x.rows + row] = binned(x.data[i], cutsOf[j]);
  }
}

/** How many cuts are below a value. */
function binned(value: number, cuts: ArrayLike<number>): number {
  let [low, high] = [0, cuts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value > cuts[middle]) low = middle + 1;
    else high = middle;
  }
  return low;
}
