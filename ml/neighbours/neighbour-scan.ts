import type { Matrix } from '../matrix.js';
import { exactRanking } from './exact-ranking.js';
import type { Neighbours } from './neighbours.js';
import { GROUPS_AT_ONCE, NOTED_AT_ONCE, scannedRows } from './scanned-rows.js';
import { selectSmallest } from './select-smallest.js';

/** What a scan may leave out. */
export interface ScanScope {
  /** The queries are the rows themselves, which are no neighbours of their own. @default false */
  readonly withoutSelf?: boolean;
  /** Pairs [first, end) of groups (of `GROUP` rows) that are looked at; they hold `kept` rows or more. @default all */
  readonly ranges?: Int32Array;
}

/** Finds the nearest rows of the queries [from, to), at most `QUERIES` of them, and writes them to their places in `found`. */
export type NeighbourScan = (asked: Matrix<Float32Array>, from: number, to: number, found: Neighbours, scope: ScanScope) => void;

/**
 * Lays rows out for the scan kernel, once; see `nearestNeighbours` for what it finds, and how exactly. Values must be finite.
 * @param kept how many rows are sought of each query: k, and one more where the query is a row itself.
 * @param filler rows marked 1 are never found. @default none
 */
export function neighbourScan(x: Matrix<Float32Array>, kept: number, filler?: Uint8Array): NeighbourScan {
  const { groups, capacity, counts, bounds, lists, errors, ask, scan } = scannedRows(x, kept, filler);
  const ranking = exactRanking(x, capacity);
  const everything = Int32Array.of(0, groups);
  const isFull = (q: number): boolean => counts[q] + NOTED_AT_ONCE > capacity;
  const marginOf = (q: number): number => 2 * errors[q]; // one for each of the two scores compared

  function makeRoom(asked: Matrix<Float32Array>, from: number, to: number): void {
    for (let q = 0; q < to - from; q++) {
      if (!isFull(q)) continue;
      const { scores, rows } = lists[q];
      bounds[q] = selectSmallest(scores, rows, counts[q], kept) + marginOf(q);
      counts[q] = keepUpTo(bounds[q], scores, rows, kept, counts[q]);
      if (!isFull(q)) continue;
      // So many are alike that the scores cannot tell them apart.
      counts[q] = ranking.keep(asked, from + q, scores, rows, counts[q], kept);
    }
  }

  return (asked, from, to, found, { withoutSelf = false, ranges = everything }) => {
    const pairs = ask(asked, from, to);
    for (let range = 0; range < ranges.length; range += 2) {
      const end = ranges[range + 1];
      for (let group = ranges[range]; group < end; group += GROUPS_AT_ONCE) {
        scan(group, Math.min(GROUPS_AT_ONCE, end - group), pairs);
        makeRoom(asked, from, to);
      }
    }
    for (let q = 0; q < to - from; q++) {
      const { scores, rows } = lists[q];
      const last = selectSmallest(scores, rows, counts[q], kept) + marginOf(q);
      const count = keepUpTo(Math.fround(last), scores, rows, kept, counts[q]);
      ranking.take(asked, from + q, rows, count, withoutSelf ? from + q : -1, found);
    }
  };
}

/** Keeps the first `kept` and those of the others that are not above the bound; returns how many. */
function keepUpTo(bound: number, scores: Float32Array, rows: Int32Array, kept: number, count: number): number {
  let place = kept;
  for (let i = kept; i < count; i++) {
    if (scores[i] > bound) continue;
    scores[place] = scores[i];
    rows[place++] = rows[i];
  }
  return place;
}
