import { InvalidConfigError, InvalidDataError } from '../../shared/errors.js';
import type { Matrix } from '../matrix.js';
import { exactRanking } from './exact-ranking.js';
import type { Neighbours } from './neighbours.js';
import { GROUP, QUERIES, scanKernel } from './scan-kernel.js';
import type { ScanLayout } from './scan-kernel.js';
import { selectSmallest } from './select-smallest.js';

/** What may be asked of the search. */
export interface NeighbourOptions {
  /** Rows whose neighbours are sought among those of `x`. @default those of x, each without itself (its equals stay) */
  readonly queries?: Matrix<Float32Array>;
  /** Called with the number of queries answered, some hundred times a second; may throw to end the search. */
  readonly onProgress?: (done: number) => void;
}

/** Groups that are scanned between two looks at the lists: their rows are the most that can be noted meanwhile. */
const GROUPS_AT_ONCE = 16;
const NOTED_AT_ONCE = GROUPS_AT_ONCE * GROUP;

/**
 * The k nearest rows of `x` to each query, exactly, by Euclidean distance.
 *
 * All pairs are scored in single precision as |y|^2 / 2 - x.y by a WebAssembly kernel, which notes what is below the k-th best so
 * far plus a bound of the rounding error; what remains is measured again in double precision from the differences. So near and
 * equal rows, which cancellation in the product form would shuffle, come out right. Time: rows * queries * columns (70,000 x 50:
 * some 15 s on one core); memory: a copy of `x`.
 * @throws InvalidConfigError when k is not a whole number in [1, rows without the query itself].
 * @throws InvalidDataError when the widths differ or a value is not finite.
 */
export function nearestNeighbours(x: Matrix<Float32Array>, k: number, { queries, onProgress }: NeighbourOptions = {}): Neighbours {
  const asked = queries ?? x;
  const withoutSelf = queries === undefined;
  check(x, k, asked, withoutSelf);
  const search = createSearch(x, k + Number(withoutSelf));
  const found = { rows: asked.rows, k, indices: new Int32Array(asked.rows * k), distances: new Float32Array(asked.rows * k) };
  for (let from = 0; from < asked.rows; from += QUERIES) {
    const to = Math.min(from + QUERIES, asked.rows);
    search(asked, from, to, found, withoutSelf);
    onProgress?.(to);
  }
  return found;
}

type Search = (asked: Matrix<Float32Array>, from: number, to: number, found: Neighbours, withoutSelf: boolean) => void;

function createSearch(x: Matrix<Float32Array>, kept: number): Search {
  const groups = Math.ceil(x.rows / GROUP);
  const layout = layoutOf(x.columns, kept);
  const { capacity, columns } = layout;
  const { memory, scan } = scanKernel(layout.groups + 4 * groups * (columns + 1) * GROUP, layout);
  const longest = fillGroups(new Float32Array(memory, layout.groups), x, columns);
  const packed = new Float32Array(memory, layout.queries, QUERIES * columns);
  const bounds = new Float32Array(memory, layout.bounds, QUERIES);
  const counts = new Int32Array(memory, layout.counts, QUERIES);
  const lists = Array.from({ length: QUERIES }, (_, q) => ({
    scores: new Float32Array(memory, layout.scores + 4 * q * capacity, capacity),
    rows: new Int32Array(memory, layout.rows + 4 * q * capacity, capacity),
  }));
  const margins = new Float64Array(QUERIES); // twice the rounding error: one for each of the two scores compared
  const ranking = exactRanking(x, capacity);
  const isFull = (q: number): boolean => counts[q] + NOTED_AT_ONCE > capacity;

  return (asked, from, to, found, withoutSelf) => {
    packed.fill(0);
    counts.fill(0);
    bounds.fill(-Infinity);
    for (let q = 0; q < to - from; q++) {
      margins[q] = 2 * roundingError(packQuery(packed, asked, from + q, q, columns), longest, x.columns);
      bounds[q] = Infinity;
    }
    for (let group = 0; group < groups; group += GROUPS_AT_ONCE) {
      scan(group, Math.min(GROUPS_AT_ONCE, groups - group));
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
function fillGroups(groups: Float32Array, x: Matrix<Float32Array>, columns: number): number {
  let longest = 0;
  const size = (columns + 1) * GROUP;
  for (let row = 0; row < Math.ceil(x.rows / GROUP) * GROUP; row++) {
    const start = Math.floor(row / GROUP) * size + (row % GROUP);
    let sum = row < x.rows ? 0 : Infinity; // rows that fill the last group up are never near
    for (let c = 0; row < x.rows && c < x.columns; c++) {
      const value = x.data[row * x.columns + c];
      groups[start + (c + 1) * GROUP] = value;
      sum += value * value;
    }
    groups[start] = sum / 2;
    if (row < x.rows) longest = Math.max(longest, Math.sqrt(sum));
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

function check(x: Matrix<Float32Array>, k: number, asked: Matrix<Float32Array>, withoutSelf: boolean): void {
  const most = x.rows - Number(withoutSelf);
  if (!Number.isSafeInteger(k) || k < 1 || k > most) {
    throw new InvalidConfigError(`neighbours: k is ${k}; expected a whole number from 1 to ${most}, as there are ${x.rows} rows. Ask for fewer or give more rows.`);
  }
  if (asked.columns !== x.columns) {
    throw new InvalidDataError(`neighbours: the queries have ${asked.columns} columns and the rows ${x.columns}; expected as many.`);
  }
  for (const { data, columns } of new Set([x, asked])) {
    const wrong = data.findIndex((value) => !Number.isFinite(value));
    if (wrong >= 0) throw new InvalidDataError(`neighbours: row ${Math.floor(wrong / columns)} holds ${data[wrong]}; expected finite numbers.`);
  }
}
