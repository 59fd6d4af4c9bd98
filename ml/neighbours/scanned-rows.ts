import type { Matrix } from '../matrix.js';
import { GROUP, QUERIES, scanKernel } from './scan-kernel.js';
import type { Scan, ScanLayout } from './scan-kernel.js';

/** Groups that are scanned between two looks at the lists. */
export const GROUPS_AT_ONCE = 16;

/** Rows of so many groups: the most that can be noted for a query between two looks. */
export const NOTED_AT_ONCE = GROUPS_AT_ONCE * GROUP;

/** Rows laid out for the scan kernel, and what it noted of them for the queries at hand, at most `QUERIES`. */
export interface ScannedRows {
  readonly groups: number;
  /** The places in a query's list. */
  readonly capacity: number;
  readonly counts: Int32Array;
  readonly bounds: Float32Array;
  /** The noted rows' scores and numbers, a list a query. */
  readonly lists: readonly { readonly scores: Float32Array; readonly rows: Int32Array }[];
  /** By how much the score of each query's rows may be wrong. */
  readonly errors: Float64Array;
  /** The squared length of each query. */
  readonly squares: Float64Array;
  readonly scan: Scan;
  /** Lays queries [from, to) out, empties their lists and lets everything be noted. Returns the number of pairs. */
  ask(queries: Matrix<Float32Array>, from: number, to: number): number;
}

/**
 * Lays rows out, once. Values must be finite.
 * @param kept what a list must have room for beside what is noted between two looks.
 * @param filler rows marked 1 are never noted. @default none
 */
export function scannedRows(x: Matrix<Float32Array>, kept: number, filler?: Uint8Array): ScannedRows {
  const groups = Math.ceil(x.rows / GROUP);
  const layout = layoutOf(x.columns, kept);
  const { capacity, columns } = layout;
  const { memory, scan } = scanKernel(layout.groups + 4 * groups * (columns + 1) * GROUP, layout);
  const longest = fillGroups(new Float32Array(memory, layout.groups), x, columns, filler);
  const packed = new Float32Array(memory, layout.queries, QUERIES * columns);
  const bounds = new Float32Array(memory, layout.bounds, QUERIES);
  const counts = new Int32Array(memory, layout.counts, QUERIES);
  const errors = new Float64Array(QUERIES);
  const squares = new Float64Array(QUERIES);
  const lists = Array.from({ length: QUERIES }, (_, q) => ({
    scores: new Float32Array(memory, layout.scores + 4 * q * capacity, capacity),
    rows: new Int32Array(memory, layout.rows + 4 * q * capacity, capacity),
  }));
  return {
    groups, capacity, counts, bounds, lists, errors, squares, scan,
    ask(queries, from, to) {
      packed.fill(0);
      counts.fill(0);
      bounds.fill(-Infinity);
      for (let q = 0; q < to - from; q++) {
        squares[q] = packQuery(packed, queries, from + q, q, columns);
        errors[q] = roundingError(Math.sqrt(squares[q]), longest, x.columns);
        bounds[q] = Infinity;
      }
      return Math.ceil((to - from) / 2);
    },
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

/** Copies a query beside its pair's other one; returns its squared length. */
function packQuery(packed: Float32Array, asked: Matrix<Float32Array>, query: number, place: number, columns: number): number {
  const start = (place >> 1) * 2 * columns + (place & 1);
  let sum = 0;
  for (let c = 0; c < asked.columns; c++) {
    const value = asked.data[query * asked.columns + c];
    packed[start + 2 * c] = value;
    sum += value * value;
  }
  return sum;
}

/** The most by which a score in single precision may be wrong (Higham, "Accuracy and Stability of Numerical Algorithms", 3.1). */
function roundingError(length: number, longest: number, columns: number): number {
  return 1.1 * (columns + 4) * 2 ** -24 * (longest * longest / 2 + length * longest);
}
