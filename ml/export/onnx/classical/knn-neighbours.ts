import type { KnnParts } from '../../../models/knn-bytes.js';
import type { RowLists } from '../../../neighbours/row-lists.js';
import type { OnnxWriter } from './onnx-writer.js';

/** Rows that are looked at exactly, over the k that answer: a float32 product misplaces a row by its rounding only. */
const SPARE = 16;
const FAR = 3e38;

type Rows = Pick<KnnParts, 'rows' | 'neighbours' | 'probes' | 'lists'>;

/**
 * The nearest rows of queries: places int64 and squared distances double, [batch, k], nearest first, of equal ones the lower row. A product of
 * matrices in float32 finds a few more than k, whose distances are then taken in double from the differences.
 * @param queries float32 [batch, columns]
 */
export function nearestRows(to: OnnxWriter, parts: Rows, queries: string): { readonly places: string; readonly squares: string } {
  const { neighbours, rows: { rows, columns, bytes, offset, scale } } = parts;
  const stored = to.constant(bytes, [rows, columns]);
  const scales = to.constant(scale, [columns]);
  const middle = middleOf(parts);
  const apart = offset.map((value, j) => value - middle[j]); // float32 keeps more digits of centred rows
  const centred = to.op('Add', [to.op('Mul', [to.cast(stored, 'float'), scales]), to.constant(apart, [columns])]);
  const terms = to.op('Mul', [to.op('ReduceSumSquare', [centred, to.wholes(1)], { attributes: { keepdims: { i: 0 } } }), to.constant(Float32Array.of(0.5), [])]);
  const moved = to.op('Sub', [queries, to.constant(middle, [columns])]);
  const rough = to.op('Gemm', [moved, centred, terms], { attributes: { transB: { i: 1 }, alpha: { f: -1 } } });
  const unseen = unseenRows(to, parts, queries);
  const { places: found } = to.smallest(unseen ? to.op('Where', [unseen, to.constant(Float32Array.of(FAR), []), rough]) : rough, Math.min(rows, neighbours + SPARE));
  const { values: candidates } = to.smallest(found, Math.min(rows, neighbours + SPARE)); // in the order of the rows

  const near = to.op('Add', [to.op('Mul', [to.cast(to.op('Gather', [stored, candidates]), 'float'), scales]), to.constant(offset, [columns])]);
  const away = to.op('Sub', [to.cast(to.op('Unsqueeze', [queries, to.wholes(1)]), 'double'), to.cast(near, 'double')]);
  const exact = to.op('ReduceSumSquare', [away, to.wholes(2)], { attributes: { keepdims: { i: 0 } } });
  const masked = unseen ? to.op('Where', [to.op('GatherElements', [unseen, candidates], { attributes: { axis: { i: 1 } } }), to.double(FAR), exact]) : exact;
  const { values: squares, places } = to.smallest(masked, neighbours);
  return { squares, places: to.op('GatherElements', [candidates, places], { attributes: { axis: { i: 1 } } }) };
}

function middleOf({ rows: { rows, columns, bytes, offset, scale } }: Rows): Float32Array {
  const sums = new Float64Array(columns);
  for (let row = 0, i = 0; row < rows; row++) for (let j = 0; j < columns; j++, i++) sums[j] += bytes[i];
  return Float32Array.from(sums, (sum, j) => offset[j] + (scale[j] * sum) / rows);
}

/** Which rows the approximate index does not look at, bool [batch, rows]: as `listSearch` chooses them. */
function unseenRows(to: OnnxWriter, { lists, probes, neighbours }: Rows, queries: string): string | undefined {
  if (!lists) return undefined;
  const { order, last } = listsByDistance(to, lists, queries);
  const sizes = new BigInt64Array(lists.centres.rows);
  for (const list of lists.assignment) sizes[list]++;
  const taken = to.op('Gather', [to.constant(sizes, [sizes.length]), order]);
  const before = to.op('CumSum', [taken, to.constant(Int32Array.of(1), [])], { attributes: { exclusive: { i: 1 } } });
  const full = to.op('Not', [to.op('Less', [before, to.wholes(neighbours)])]);
  const beyond = to.constant(BigInt64Array.from({ length: last }, (_, place) => BigInt(place)), [1, last]);
  const passedBy = to.op('And', [full, to.op('Not', [to.op('Less', [beyond, to.wholes(probes)])])]);
  const byList = to.op('ScatterElements', [to.cast(order, 'int32'), order, to.cast(passedBy, 'int32')], { attributes: { axis: { i: 1 } } });
  const assignment = to.constant(BigInt64Array.from(lists.assignment, BigInt), [lists.assignment.length]);
  return to.cast(to.op('Gather', [byList, assignment], { attributes: { axis: { i: 1 } } }), 'bool');
}

function listsByDistance(to: OnnxWriter, { centres }: RowLists, queries: string): { readonly order: string; readonly last: number } {
  const { rows, columns, data } = centres;
  const squares = new Float64Array(rows);
  for (let list = 0, i = 0; list < rows; list++) for (let j = 0; j < columns; j++, i++) squares[list] += data[i] * data[i] / 2;
  const rough = to.op('Gemm', [to.cast(queries, 'double'), to.asDoubles(data, [rows, columns]), to.constant(squares, [rows])], { attributes: { transB: { i: 1 }, alpha: { f: -1 } } });
  return { order: to.smallest(rough, rows).places, last: rows };
}
