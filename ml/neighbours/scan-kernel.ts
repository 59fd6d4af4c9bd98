import { startWasm } from '../wasm/start-wasm.js';
import { wasm } from '../wasm/wasm-module.js';
import type { Code } from '../wasm/wasm-module.js';

/** Rows that are compared with a query at once; a group holds so many, column by column. */
export const GROUP = 16;

/** Queries of one pass, so that they and a group stay in the innermost cache. */
export const QUERIES = 64;

/** Where the kernel finds its data, in bytes, and its sizes. */
export interface ScanLayout {
  /** Values of a row, even (a last zero makes it so). */
  readonly columns: number;
  /** float32 [QUERIES / 2][columns][2]: the queries of the pass, two by two. */
  readonly queries: number;
  /** float32 [QUERIES]: a row whose score is below its query's bound is noted. */
  readonly bounds: number;
  /** int32 [QUERIES]: how many rows are noted for each query. */
  readonly counts: number;
  /** float32 [QUERIES][capacity] and int32 [QUERIES][capacity]: the noted rows' scores and numbers. */
  readonly scores: number;
  readonly rows: number;
  readonly capacity: number;
  /** float32 [GROUP], 16-byte aligned: the kernel's own. */
  readonly scratch: number;
  /** float32 [groups][1 + columns][GROUP]: half the squared length of each row, then its columns. */
  readonly groups: number;
}

/** Compares the first `pairs` pairs of queries (at least 1) with `count` groups (at least 1) from group `first` on. */
export type Scan = (first: number, count: number, pairs: number) => void;

/**
 * A WebAssembly kernel that scores rows y against queries x, |y|^2 / 2 - x.y (half the squared distance less what depends on
 * the query alone), and notes those below the query's bound. Two queries and sixteen rows are in registers at a time.
 */
export function scanKernel(bytes: number, layout: ScanLayout): { readonly memory: ArrayBuffer; readonly scan: Scan } {
  const { memory, exports } = startWasm<{ readonly scan: Scan }>(bytes, [{ name: 'scan', parameters: 3, integers: 10, vectors: 13, body: scanBody(layout) }]);
  return { memory, scan: exports.scan };
}

const { get, set, tee, i32 } = wasm;
const f32x4LessThan: Code = [0xfd, 0x43];
const v128Or: Code = [0xfd, 0x50];
const i32x4Bitmask: Code = [0xfd, 0xa4, 0x01];
const i32And: Code = [0x71];
const i32Or: Code = [0x72];
const i32ShiftLeft: Code = [0x74];
const countTrailingZeros: Code = [0x68];
const i32Load: Code = [0x28, 2, 0];
const i32Store: Code = [0x36, 2, 0];
const ifNotZero = (body: Code): Code => [0x04, 0x40, body, 0x0b];

const [first, left, asked] = [0, 1, 2];
const [group, firstRow, query, pairs, place, factor, steps, mask, at, count] = [3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
const [sum0, value0, splat, bound] = [13, 21, 25, 25]; // `bound` is needed when `splat` is not

function scanBody(layout: ScanLayout): Code {
  const { columns, queries, groups, scratch } = layout;
  const groupBytes = 4 * GROUP * (columns + 1);
  const advance = (local: number, by: number): Code => [get(local), i32(by), wasm.i32Add, set(local)];
  const countDown = (local: number, by = 1): Code => [get(local), i32(by), wasm.i32Sub, tee(local)];
  const lanes = [0, 1, 2, 3];
  const column = (step: number): Code => [
    ...lanes.map((v): Code => [get(place), wasm.load(4 * GROUP * step + 16 * v), set(value0 + v)]),
    ...[0, 1].map((row): Code => [
      get(factor), wasm.load32Splat(8 * step + 4 * row), set(splat),
      ...lanes.map((v): Code => [get(sum0 + 4 * row + v), get(splat), get(value0 + v), wasm.f32x4Mul, wasm.f32x4Sub, set(sum0 + 4 * row + v)]),
    ]),
  ];
  return [
    get(first), i32(GROUP), wasm.i32Mul, set(firstRow),
    get(first), i32(groupBytes), wasm.i32Mul, i32(groups), wasm.i32Add, set(group),
    wasm.repeat([
      i32(queries), set(factor),
      i32(0), set(query),
      get(asked), set(pairs),
      wasm.repeat([
        ...lanes.map((v): Code => [get(group), wasm.load(16 * v), tee(sum0 + v), set(sum0 + 4 + v)]),
        get(group), i32(4 * GROUP), wasm.i32Add, set(place),
        i32(columns), set(steps),
        wasm.repeat([column(0), column(1), advance(place, 8 * GROUP), advance(factor, 16), countDown(steps, 2)]),
        note(layout, 0, scratch),
        note(layout, 1, scratch),
        advance(query, 8),
        countDown(pairs),
      ]),
      advance(group, groupBytes),
      advance(firstRow, GROUP),
      countDown(left),
    ]),
  ];
}

/** Notes the rows whose score, in the sums of query `row` of the pair, is below its bound. `query` is four times the pair's first. */
function note({ bounds, counts, scores, rows, capacity }: ScanLayout, row: number, scratch: number): Code {
  const sums = [0, 1, 2, 3].map((v) => sum0 + 4 * row + v);
  const below = (sum: number): Code => [get(sum), get(bound), f32x4LessThan];
  const slot = (array: number): Code => [
    get(query), i32(4 * row), wasm.i32Add, i32(capacity), wasm.i32Mul, get(count), i32(2), i32ShiftLeft, wasm.i32Add, i32(array), wasm.i32Add,
  ];
  const lane: Code = [get(mask), countTrailingZeros];
  return [
    get(query), wasm.load32Splat(bounds + 4 * row), set(bound),
    below(sums[0]), below(sums[1]), v128Or, below(sums[2]), v128Or, below(sums[3]), v128Or, i32x4Bitmask,
    ifNotZero([
      ...sums.map((sum, v): Code => [i32(scratch), get(sum), wasm.store(16 * v)]),
      ...sums.map((sum, v): Code => [below(sum), i32x4Bitmask, i32(4 * v), i32ShiftLeft, v > 0 ? i32Or : []]),
      set(mask),
      get(query), i32(counts + 4 * row), wasm.i32Add, tee(at), i32Load, set(count),
      wasm.repeat([
        slot(scores), lane, i32(2), i32ShiftLeft, i32(scratch), wasm.i32Add, i32Load, i32Store,
        slot(rows), lane, get(firstRow), wasm.i32Add, i32Store,
        advanceByOne,
        get(mask), get(mask), i32(1), wasm.i32Sub, i32And, tee(mask),
      ]),
      get(at), get(count), i32Store,
    ]),
  ];
}

const advanceByOne: Code = [get(count), i32(1), wasm.i32Add, set(count)];
