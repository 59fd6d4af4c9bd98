import type { Matrix } from '../../matrix.js';

/** Candidate rows for each query, by pixels. */
export interface PixelNeighbours {
  readonly rows: number;
  readonly k: number;
  /** [rows, k]: nearest first; equal distances in the order of the rows. */
  readonly indices: Int32Array;
  /** [rows, k]: squared Euclidean distances in units of pixels' bytes, exact. */
  readonly squares: Int32Array;
}

/**
 * Orders each query's candidates by their exact squared pixel distance and keeps the k nearest. `candidates` is [queries, width].
 * @param working is called every some thousand rows with the number done.
 */
export function reRank(
  queries: Matrix<Uint8Array>, train: Matrix<Uint8Array>, candidates: Int32Array, k: number, working: (done: number) => void = () => undefined,
): PixelNeighbours {
  const { rows, columns } = queries;
  const width = candidates.length / rows;
  const indices = new Int32Array(rows * k);
  const squares = new Int32Array(rows * k);
  const distance = new Int32Array(width);
  const order = new Int32Array(width);
  for (let query = 0; query < rows; query++) {
    if (query % 2048 === 0) working(query);
    for (let i = 0; i < width; i++) {
      distance[i] = squaredDistance(queries.data, query * columns, train.data, candidates[query * width + i] * columns, columns);
      order[i] = i;
    }
    const from = query * width;
    order.sort((a, b) => distance[a] - distance[b] || candidates[from + a] - candidates[from + b]);
    for (let i = 0; i < k; i++) {
      indices[query * k + i] = candidates[from + order[i]];
      squares[query * k + i] = distance[order[i]];
    }
  }
  return { rows, k, indices, squares };
}

function squaredDistance(a: Uint8Array, i: number, b: Uint8Array, j: number, length: number): number {
  let sum = 0;
  for (let end = i + length; i < end; i++, j++) {
    const difference = a[i] - b[j];
    sum += difference * difference;
  }
  return sum;
}
