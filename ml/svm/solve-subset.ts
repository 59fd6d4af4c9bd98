/** The dual problem of one pair of classes on some of its rows, all kernel values at hand. */
export interface Subset {
  readonly rows: number;
  /** [rows, rows], symmetric. */
  readonly values: Float32Array;
  /** [rows]: each row's weight, its multiplier times its sign (+1, -1); changed in place. */
  readonly weights: Float64Array;
  /** [rows]: sign minus the weighted sum of the row's kernel values, without the bias; changed in place. */
  readonly errors: Float64Array;
  /** [rows]: +1 and -1. */
  readonly signs: Int8Array;
}

const RISES = 1;
const FALLS = 2;
const FLAT = 1e-12; // in place of a curvature that is not positive, as in LIBSVM
const TICK_EVERY = 4096;

/**
 * Sequential minimal optimisation with second-order selection of the pair (Fan, Chen and Lin 2005), as LIBSVM has it: until the weights that may rise
 * and those that may fall have errors within the tolerance of each other.
 * @returns how many pairs were changed.
 */
export function solveSubset({ rows, values, weights, errors, signs }: Subset, C: number, tolerance: number, tick: () => void): number {
  const [least, most] = [new Float64Array(rows), new Float64Array(rows)];
  const may = new Uint8Array(rows);
  const own = new Float64Array(rows);
  for (let t = 0; t < rows; t++) {
    least[t] = signs[t] > 0 ? 0 : -C;
    most[t] = signs[t] > 0 ? C : 0;
    may[t] = (weights[t] < most[t] ? RISES : 0) | (weights[t] > least[t] ? FALLS : 0);
    own[t] = values[t * rows + t];
  }
  for (let steps = 0; ; steps++) {
    if (steps % TICK_EVERY === 0) tick();
    let i = -1;
    let highest = -Infinity;
    let lowest = Infinity;
    for (let t = 0; t < rows; t++) {
      const error = errors[t];
      const flags = may[t];
      if (error > highest && (flags & RISES) !== 0) {
        highest = error;
        i = t;
      }
      if (error < lowest && (flags & FALLS) !== 0) lowest = error;
    }
    if (!(highest - lowest > tolerance)) return steps;
    const j = partnerOf(i, highest, rows, values, errors, may, own);
    const [rowI, rowJ] = [i * rows, j * rows];
    const curvature = own[i] + own[j] - 2 * values[rowI + j];
    const step = Math.min((highest - errors[j]) / (curvature > 0 ? curvature : FLAT), most[i] - weights[i], weights[j] - least[j]);
    weights[i] = step === most[i] - weights[i] ? most[i] : weights[i] + step;
    weights[j] = step === weights[j] - least[j] ? least[j] : weights[j] - step;
    may[i] = (weights[i] < most[i] ? RISES : 0) | FALLS;
    may[j] = RISES | (weights[j] > least[j] ? FALLS : 0);
    for (let t = 0; t < rows; t++) errors[t] -= step * (values[rowI + t] - values[rowJ + t]);
  }
}

/** The row whose weight may fall and which, paired with `i`, lowers the objective most. */
function partnerOf(i: number, highest: number, rows: number, values: Float32Array, errors: Float64Array, may: Uint8Array, own: Float64Array): number {
  const at = i * rows;
  const ownI = own[i];
  let j = -1;
  let best = -1;
  for (let t = 0; t < rows; t++) {
    const gap = highest - errors[t];
    if (gap <= 0 || (may[t] & FALLS) === 0) continue;
    const curvature = ownI + own[t] - 2 * values[at + t];
    const gain = (gap * gap) / (curvature > 0 ? curvature : FLAT);
    if (gain > best) {
      best = gain;
      j = t;
    }
  }
  return j;
}
