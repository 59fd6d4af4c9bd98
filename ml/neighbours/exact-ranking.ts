import type { Matrix } from '../matrix.js';
import type { Neighbours } from './neighbours.js';

/** Orders noted rows by what they really are away from a query. */
export interface ExactRanking {
  /** Keeps the `kept` nearest of the first `count` rows, in front, with their scores; returns how many those are. */
  keep(asked: Matrix<Float32Array>, query: number, scores: Float32Array, rows: Int32Array, count: number, kept: number): number;
  /** Writes the nearest rows other than `except` to the query's place in `out`. */
  take(asked: Matrix<Float32Array>, query: number, rows: Int32Array, count: number, except: number, out: Neighbours): void;
}

/** Distances in double precision from the differences of the coordinates; equal ones in the order of the rows. At most `capacity` rows. */
export function exactRanking({ columns, data }: Matrix<Float32Array>, capacity: number): ExactRanking {
  const squared = new Float64Array(capacity);
  const order = new Int32Array(capacity);
  const copies = { scores: new Float32Array(capacity), rows: new Int32Array(capacity) };

  function rank(asked: Matrix<Float32Array>, query: number, rows: Int32Array, count: number): Int32Array {
    const from = query * columns;
    for (let i = 0; i < count; i++) {
      let at = rows[i] * columns;
      let sum = 0;
      for (let j = from; j < from + columns; j++) {
        const difference = asked.data[j] - data[at++];
        sum += difference * difference;
      }
      squared[i] = sum;
      order[i] = i;
    }
    return order.subarray(0, count).sort((a, b) => squared[a] - squared[b] || rows[a] - rows[b]);
  }

  return {
    keep(asked, query, scores, rows, count, kept) {
      const ranked = rank(asked, query, rows, count);
      copies.scores.set(scores.subarray(0, count));
      copies.rows.set(rows.subarray(0, count));
      const taken = Math.min(kept, count);
      for (let i = 0; i < taken; i++) {
        scores[i] = copies.scores[ranked[i]];
        rows[i] = copies.rows[ranked[i]];
      }
      return taken;
    },
    take(asked, query, rows, count, except, { k, indices, distances }) {
      const ranked = rank(asked, query, rows, count);
      let place = query * k;
      for (let i = 0; place < (query + 1) * k; i++) {
        if (rows[ranked[i]] === except) continue;
        indices[place] = rows[ranked[i]];
        distances[place++] = Math.sqrt(squared[ranked[i]]);
      }
    },
  };
}
