import type { Matrix } from '../matrix.js';
import type { Neighbours } from './neighbours.js';

/** The k nearest rows of a query among those that were offered. */
export interface NearestSoFar {
  /** Measures a row; true where it is among the k nearest. */
  offer(queries: Matrix<Float32Array>, query: number, row: number): boolean;
  /** The distance of the k-th; infinite before there are k. */
  reach(): number;
  /** Writes them to a query's place, nearest first, equal distances in the order of the rows, and forgets them. */
  take(out: Neighbours, query: number): void;
}

const CHECKED = 56; // columns between two looks at whether the row is too far away already

/** Distances in double precision from the differences of the coordinates, as in `exactRanking`. */
export function nearestSoFar({ columns, data }: Matrix<Float32Array>, k: number): NearestSoFar {
  const squared = new Float64Array(k).fill(Infinity);
  const rows = new Int32Array(k);
  let count = 0;

  return {
    offer(queries, query, row) {
      const worst = squared[k - 1];
      const sum = squaredDistance(queries.data, query * columns, data, row * columns, columns, worst);
      if (count === k && (sum > worst || (sum === worst && row > rows[k - 1]))) return false;
      let place = Math.min(count, k - 1);
      for (; place > 0 && (squared[place - 1] > sum || (squared[place - 1] === sum && rows[place - 1] > row)); place--) {
        squared[place] = squared[place - 1];
        rows[place] = rows[place - 1];
      }
      squared[place] = sum;
      rows[place] = row;
      count = Math.min(k, count + 1);
      return true;
    },
    reach: () => Math.sqrt(squared[k - 1]),
    take({ indices, distances }, query) {
      for (let i = 0; i < k; i++) {
        indices[query * k + i] = rows[i];
        distances[query * k + i] = Math.sqrt(squared[i]);
      }
      squared.fill(Infinity);
      count = 0;
    },
  };
}

/** Added up in the order of the columns, as in `exactRanking`; something above the limit where it is above. */
function squaredDistance(a: Float32Array, from: number, b: Float32Array, at: number, columns: number, limit: number): number {
  let sum = 0;
  let j = 0;
  while (j < columns) {
    const end = Math.min(columns, j + CHECKED);
    while (j < end) {
      const difference = a[from + j] - b[at + j];
      sum += difference * difference;
      j++;
    }
    if (sum > limit) return sum;
  }
  return sum;
}
