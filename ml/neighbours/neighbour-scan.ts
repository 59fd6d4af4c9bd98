import type { Matrix } from '../matrix.js';
import { exactRanking } from './exact-ranking.js';
import type { Neighbours } from './neighbours.js';
import { GROUP, QUERIES, scanKernel } from './scan-kernel.js';
import type { ScanLayout } from './scan-kernel.js';
import { selectSmallest } from './select-smallest.js';

/** Groups that are scanned between two looks at the lists: their rows are the most that can be noted meanwhile. */
const GROUPS_AT_ONCE = 16;
const NOTED_AT_ONCE = GROUPS_AT_ONCE * GROUP;

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
  const groups = Math.ceil(x.rows / GROUP);
  const layout = layoutOf(x.columns, kept);
  const { capacity, columns } = layout;
  const { memory, scan } = scanKernel(layout.groups + 4 * groups * (columns + 1) * GROUP, layout);
  const longest = fillGroups(new Float32Array(memory, layout.groups), x, columns, filler);
  const packed = new Float32Array(memory, layout.queries, QUERIES * columns);
  const bounds = new Float32Array(memory, layout.bounds, QUERIES);
  const counts = new Int32Array(memory, layout.counts, QUERIES);
  const lists = Array.from({ length: QUERIES }, (_, q) => ({
    scores: new Float32Array(memory, layout.scores + 4 * q * capacity, capacity),
    rows: new Int32Array(memory, layout.rows + 4 * q * capacity, capacity),
  }));
  const margins = new Float64Array(QUERIES); // twice the rounding error: one for each of the two scores compared
  const ranking = exactRanking(x, capacity);
  const everything = Int32Array.of(0, groups);
  const isFull = (q: number): boolean => counts[q] + NOTED_AT_ONCE > capacity;

  function makeRoom(asked: Matrix<Float32Array>, from: number, to: number): void {
    for (let q = 0; q < to - from; q++) {
      if (!isFull(q)) continue;
      const { scores, rows } = lists[q];
      bounds[q] = selectSmallest(scores, rows, counts[q], kept) + margins[q];
      counts[q] = keepUpTo(bounds[q], scores, rows, kept, counts[q]);
      if (!isFull(q)) continue;
      // So many are alike that the scores cannot tell them apart.
      counts[q] = ranking.keep(asked, from + q, scores, rows, counts[q], kept);
    }
  }

  return (asked, from, to, found, { withoutSelf = false, ranges = everything }) => {
    const pairs = Math.ceil((to - from) / 2);
    packed.fill(0);
    counts.fill(0);
    bounds.fill(-Infinity);
    for (let q = 0; q < to - from; q++) {
      margins[q] = 2 * roundingError(packQuery(packed, asked, from + q, q, columns), longest, x.columns);
      bounds[q] = Infinity;
    }
    for (let range = 0; range < ranges.length; range += 2) {
      const end = ranges[range + 1];
      for (let group = ranges[range]; group < end; group += GROUPS_AT_ONCE) {
        scan(group, Math.min(GROUPS_AT_ONCE, end - group), pairs);
        makeRoom(asked, from, to);
      }
    }
    for (let q = 0; q < to - from; q++) {
      const { scores, rows } = lists[q];
      const last = selectSmallest(scores, rows, counts[q], kept) + margins[q];
      const count = keepUpTo(Math.fround(last), scores, rows, kept, counts[q]);
      ranking.take(asked, from + q, rows, count, withoutSelf ? from + q : -1, found);
    }
  };
}

function layoutOf(columns: number, kept: number): ScanLayout {
  const even = columns + (columns % 2);
  const capacity = 2 * kept + 2 * NOTED_AT_ONCE;
  let end = 0;
  const place = (bytes: number): number => {
    const start = end;
    end += Math.ceil(bytes / 16) * 16;
    return start;
  };
  return {
    columns: even, capacity,
    queries: place(4 * QUERIES * even), bounds: place(4 * QUERIES), counts: place(4 * QUERIES),
    scores: place(4 * QUERIES * capacity), rows: place(4 * QUERIES * capacity), scratch: place(4 * GROUP), groups: end,
  };
}

/** Lays the rows out for the kernel; returns the length of the longest. */
function fillGroups(groups: Float32Array, x: Matrix<Float32Array>, columns: number, filler: Uint8Array | undefined): number {
  let longest = 0;
  const size = (columns + 1) * GROUP;
  for (let row = 0; row < Math.ceil(x.rows / GROUP) * GROUP; row++) {
    const start = Math.floor(row / GROUP) * size + (row % GROUP);
    const real = row < x.rows && filler?.[row] !== 1;
    let sum = real ? 0 : Infinity; // rows that fill the last group up are never near
    for (let c = 0; real && c < x.columns; c++) {
      const value = x.data[row * x.columns + c];
      groups[start + (c + 1) * GROUP] = value;
      sum += value * value;
    }
    groups[start] = sum / 2;
    if (real) longest = Math.max(longest, Math.sqrt(sum));
  }
  return longest;
}

/** Copies a query beside its pair's other one; returns its length. */
function packQuery(packed: Float32Array, asked: Matrix<Float32Array>, query: number, place: number, columns: number): number {
  const start = (place >> 1) * 2 * columns + (place & 1);
  let sum = 0;
  for (let c = 0; c < asked.columns; c++) {
    const value = asked.data[query * asked.columns + c];
    packed[start + 2 * c] = value;
    sum += value * value;
  }
  return Math.sqrt(sum);
}

/** The most by which a score in single precision may be wrong (Higham, "Accuracy and Stability of Numerical Algorithms", 3.1). */
function roundingError(length: number, longest: number, columns: number): number {
  return 1.1 * (columns + 4) * 2 ** -24 * (longest * longest / 2 + length * longest);
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
