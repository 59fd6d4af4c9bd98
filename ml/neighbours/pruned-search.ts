import type { Matrix } from '../matrix.js';
import { emptyNeighbours } from './neighbours.js';
import { nearestSoFar } from './nearest-so-far.js';
import type { Reduction } from './reduced-rows.js';
import type { RowSearch } from './row-search.js';
import { QUERIES } from './scan-kernel.js';
import { GROUPS_AT_ONCE, NOTED_AT_ONCE, scannedRows } from './scanned-rows.js';
import { selectSmallest } from './select-smallest.js';

/**
 * The exact search for wide rows: all are scanned in few columns, where nothing is further away than it is, and only those that could still be among
 * the k nearest are measured in all columns, in double precision. Finds what `fullSearch` finds, equal distances in the order of the rows.
 * Values must be finite; 1 <= k <= rows.
 */
export function prunedSearch(x: Matrix<Float32Array>, k: number, reduction: Reduction): RowSearch {
  const own = reduction.apply(x);
  const { groups, capacity, counts, bounds, lists, errors, squares, ask, scan } = scannedRows(own.z, k);
  const nearest = Array.from({ length: QUERIES }, () => nearestSoFar(x, k));

  const bestScores = nearest.map(() => new Float32Array(k));
  const waiting = new Int32Array(QUERIES);

  /** Below it lie the scores of all rows that may be as near as the k-th nearest so far. */
  function boundOf(q: number, slack: number): number {
    const reach = nearest[q].reach() + slack;
    return Math.fround((reach * reach - squares[q]) / 2 + 2 * errors[q]);
  }

  /** Measures a noted row unless it is too far away already. */
  function measure(queries: Matrix<Float32Array>, query: number, q: number, i: number, slack: number): void {
    if (lists[q].scores[i] < bounds[q] && nearest[q].offer(queries, query, lists[q].rows[i])) bounds[q] = boundOf(q, slack);
  }

  /** Measures those newly noted rows that are among the best k by score, which brings the bound down soonest; the others wait. */
  function lookAt(queries: Matrix<Float32Array>, query: number, q: number, slack: number): void {
    const { scores, rows } = lists[q];
    const best = bestScores[q];
    let place = waiting[q];
    if (place === 0 && counts[q] > k) selectSmallest(scores, rows, counts[q], k);
    for (let i = waiting[q]; i < counts[q]; i++) {
      if (scores[i] < best[k - 1]) {
        insert(best, scores[i]);
        measure(queries, query, q, i, slack);
      } else if (scores[i] < bounds[q]) {
        scores[place] = scores[i];
        rows[place++] = rows[i];
      }
    }
    if (place + NOTED_AT_ONCE > capacity) {
      for (let i = 0; i < place; i++) measure(queries, query, q, i, slack);
      place = 0;
    }
    waiting[q] = counts[q] = place;
  }

  return (queries, onProgress) => {
    const found = emptyNeighbours(queries.rows, k);
    for (let from = 0; from < queries.rows; from += QUERIES) {
      const to = Math.min(from + QUERIES, queries.rows);
      const asked = reduction.apply({ rows: to - from, columns: x.columns, data: queries.data.subarray(from * x.columns, to * x.columns) });
      const slack = 2 * (own.error + asked.error);
      const pairs = ask(asked.z, 0, to - from);
      waiting.fill(0);
      for (const best of bestScores) best.fill(Infinity);
      for (let group = 0; group < groups; group += GROUPS_AT_ONCE) {
        scan(group, Math.min(GROUPS_AT_ONCE, groups - group), pairs);
        for (let q = 0; q < to - from; q++) if (counts[q] > waiting[q]) lookAt(queries, from + q, q, slack);
      }
      for (let q = 0; q < to - from; q++) {
        for (let i = 0; i < counts[q]; i++) measure(queries, from + q, q, i, slack);
        nearest[q].take(found, from + q);
      }
      onProgress?.(to);
    }
    return found;
  };
}

/** Puts a value into a rising list in place of its last. */
function insert(rising: Float32Array, value: number): void {
  let place = rising.length - 1;
  for (; place > 0 && rising[place - 1] > value; place--) rising[place] = rising[place - 1];
  rising[place] = value;
}
