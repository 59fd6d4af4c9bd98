import { CLASSES } from '../../../models/model.js';
import { PAIRS } from '../../../svm/class-pairs.js';
import { SURE, UNSEEN } from '../../../svm/couple-pairs.js';
import type { OnnxWriter } from './onnx-writer.js';

/**
 * `couplePairs` as operators: class probabilities, float32 [batch, 10], of decisions, double [batch, 45]. What the trained model finds by
 * iteration is here the solution of linear equations: p that minimises p'Qp under sum(p) = 1 has Qp = m 1 for some m, so it is in proportion to the solution of
 * (Q + 1 1') p = 1, whose matrix is positive definite even where Q is not: elimination needs no pivoting.
 */
export function coupledPairs(to: OnnxWriter, decisions: string, slope: number, present: Uint8Array): string {
  const classes = Array.from({ length: CLASSES }, (_, c) => c).filter((c) => present[c] === 1);
  const count = classes.length;
  const [least, one] = [to.double(SURE), to.double(1)];
  const logistic = to.op('Sigmoid', [to.op('Mul', [decisions, to.double(slope)])]);
  const first = to.op('Min', [to.op('Max', [logistic, least]), to.double(1 - SURE)]);
  const second = to.op('Sub', [one, first]);
  const products = to.op('Concat', [to.op('Mul', [second, second]), to.op('Mul', [first, first]), to.op('Mul', [first, second])], { attributes: { axis: { i: 1 } } });
  const { entries, columns } = systemOf(classes);
  const matrix = to.op('MatMul', [products, to.asDoubles(entries, [3 * PAIRS.length, columns])]);
  const system = to.op('Add', [to.op('Reshape', [matrix, to.wholes(-1, count, count + 1)]), one]); // its last column: the right-hand sides
  const solution = to.op('Max', [eliminated(to, system, count), to.double(0)]);
  const share = to.op('Div', [solution, to.rowSums(solution)]);
  if (count === CLASSES) return to.cast(share, 'float');
  const spread = new Uint8Array(count * CLASSES);
  classes.forEach((c, i) => { spread[i * CLASSES + c] = 1; });
  const unseen = Float64Array.from(present, (seen) => (seen === 1 ? 0 : UNSEEN));
  const scaled = to.op('Mul', [share, to.double(1 - UNSEEN * (CLASSES - count))]);
  return to.cast(to.op('Add', [to.op('MatMul', [scaled, to.asDoubles(spread, [count, CLASSES])]), to.constant(unseen, [CLASSES])]), 'float');
}

/** What each pair's squares and product add to the entries of Q, [135, count x (count + 1)]; the last column of Q's rows stays 0. */
function systemOf(classes: readonly number[]): { readonly entries: Int8Array; readonly columns: number } {
  const width = classes.length + 1;
  const columns = classes.length * width;
  const entries = new Int8Array(3 * PAIRS.length * columns);
  PAIRS.forEach(([one, other], pair) => {
    const [a, b] = [classes.indexOf(one), classes.indexOf(other)];
    if (a < 0 || b < 0) return;
    entries[pair * columns + a * width + a] = 1;
    entries[(PAIRS.length + pair) * columns + b * width + b] = 1;
    for (const at of [a * width + b, b * width + a]) entries[(2 * PAIRS.length + pair) * columns + at] = -1;
  });
  return { entries, columns };
}

/** Gauss-Jordan elimination of [batch, count, count + 1], row by row; gives the last column, [batch, count]. */
function eliminated(to: OnnxWriter, system: string, count: number): string {
  const along = (value: string, axis: number, ...places: number[]): string => to.op('Gather', [value, to.wholes(...places)], { attributes: { axis: { i: axis } } });
  let left = system;
  for (let k = 0; k < count; k++) {
    const row = along(left, 1, k);
    const column = along(left, 2, k);
    const unit = to.asDoubles(Uint8Array.from({ length: count }, (_, i) => Number(i === k)), [count, 1]);
    const change = to.op('Mul', [to.op('Sub', [unit, column]), to.op('Div', [row, along(row, 2, k)])]);
    left = to.op('Add', [left, change]);
  }
  return to.op('Squeeze', [along(left, 2, count), to.wholes(2)]);
}
