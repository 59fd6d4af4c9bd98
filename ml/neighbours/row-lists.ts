import type { Matrix } from '../matrix.js';
import { createRandom } from '../random.js';
import { exactSearch } from './exact-search.js';

/** Rows in lists by their nearest centre. */
export interface RowLists {
  /** [lists, columns]. */
  readonly centres: Matrix<Float32Array>;
  /** The list of each row. */
  readonly assignment: Uint16Array;
}

const ITERATIONS = 6; // of Lloyd's algorithm: lists need not be the best clusters
const ROWS_A_CENTRE = 64; // that the centres are found from, at most

/**
 * Sorts rows into lists around centres: k-means (Lloyd) on some of the rows from a random start, then all rows to their nearest centre.
 * The same seed gives the same lists.
 * @param lists from 1 to the number of rows, at most 65,536; a list may end up empty.
 */
export function rowLists(x: Matrix<Float32Array>, lists: number, seed: number, working: () => void): RowLists {
  const { columns } = x;
  const order = createRandom(seed).shuffle(Int32Array.from({ length: x.rows }, (_, row) => row));
  const sample = taken(x, order.subarray(0, lists * ROWS_A_CENTRE));
  const centres = taken(x, order.subarray(0, lists));
  const sums = new Float64Array(lists * columns);
  const counts = new Int32Array(lists);
  for (let iteration = 0; iteration < ITERATIONS; iteration++) {
    const nearest = exactSearch(centres, 1)(sample, working).indices;
    sums.fill(0);
    counts.fill(0);
    for (let row = 0, i = 0; row < sample.rows; row++) {
      counts[nearest[row]]++;
      for (let j = 0, at = nearest[row] * columns; j < columns; j++) sums[at++] += sample.data[i++];
    }
    for (let list = 0, at = 0; list < lists; list++) {
      for (let j = 0; j < columns; j++, at++) if (counts[list] > 0) centres.data[at] = sums[at] / counts[list];
    }
  }
  return { centres, assignment: Uint16Array.from(exactSearch(centres, 1)(x, working).indices) };
}

function taken({ columns, data }: Matrix<Float32Array>, rows: Int32Array): Matrix<Float32Array> {
  const out = new Float32Array(rows.length * columns);
  rows.forEach((row, i) => out.set(data.subarray(row * columns, (row + 1) * columns), i * columns));
  return { rows: rows.length, columns, data: out };
}
