import type { Neighbours } from '../neighbours/neighbours.js';

const REPORT_EVERY = 500;

/** A sparse symmetric matrix by rows (CSR); the columns of a row ascend. */
export interface SparseGraph {
  readonly rows: number;
  /** [rows + 1]: where each row begins in `columns` and `weights`. */
  readonly starts: Int32Array;
  readonly columns: Int32Array;
  readonly weights: Float32Array;
}

/**
 * The neighbour graph made symmetric: the weights (w_ij, or 0 where j is none of i's neighbours, and w_ji) become `joined`,
 * a symmetric function. Edges whose weight is 0 are left out.
 * @param weights [rows, k], in the order of the neighbours.
 * @param onProgress called every some hundred rows; may throw to end it.
 */
export function symmetricGraph(
  { rows, k, indices }: Neighbours, weights: Float64Array, joined: (one: number, other: number) => number, onProgress: (fraction: number) => void = () => {},
): SparseGraph {
  const backwards = transpose(rows, k, indices, weights);
  const starts = new Int32Array(rows + 1);
  const columns = new Int32Array(2 * rows * k);
  const values = new Float32Array(2 * rows * k);
  const order = new Int32Array(k);
  let end = 0;
  const add = (column: number, weight: number): void => {
    if (weight === 0) return;
    columns[end] = column;
    values[end++] = weight;
  };
  for (let row = 0; row < rows; row++) {
    if (row % REPORT_EVERY === 0) onProgress((row + 1) / rows);
    for (let j = 0; j < k; j++) order[j] = row * k + j;
    order.sort((a, b) => indices[a] - indices[b]);
    let back = backwards.starts[row];
    for (const edge of order) {
      const column = indices[edge];
      for (; back < backwards.starts[row + 1] && backwards.columns[back] < column; back++) add(backwards.columns[back], joined(0, backwards.weights[back]));
      const isMutual = back < backwards.starts[row + 1] && backwards.columns[back] === column;
      add(column, joined(weights[edge], isMutual ? backwards.weights[back++] : 0));
    }
    for (; back < backwards.starts[row + 1]; back++) add(backwards.columns[back], joined(0, backwards.weights[back]));
    starts[row + 1] = end;
  }
  return { rows, starts, columns: columns.slice(0, end), weights: values.slice(0, end) };
}

/** The edges by the row that they lead to; those of a row ascend, as they are met in order. */
function transpose(rows: number, k: number, indices: Int32Array, weights: Float64Array): { starts: Int32Array; columns: Int32Array; weights: Float64Array } {
  const starts = new Int32Array(rows + 1);
  for (const index of indices) starts[index + 1]++;
  for (let row = 0; row < rows; row++) starts[row + 1] += starts[row];
  const next = starts.slice();
  const columns = new Int32Array(rows * k);
  const moved = new Float64Array(rows * k);
  for (let edge = 0; edge < rows * k; edge++) {
    const place = next[indices[edge]]++;
    columns[place] = Math.floor(edge / k);
    moved[place] = weights[edge];
  }
  return { starts, columns, weights: moved };
}
