import type { Matrix } from '../matrix.js';
import { CLASSES } from '../models/model.js';
import { PAIRS } from './class-pairs.js';

/** Least probability of either side of a pair, as in LIBSVM. */
export const SURE = 1e-7;
/** Probability of a class that was not there to learn from. */
export const UNSEEN = 1e-6;
const CLOSE = 1e-7;
const MOST_ROUNDS = 100;

/**
 * Class probabilities of rows from their decisions [rows, 45]: a pair's probability is sigmoid(slope x decision), and the classes' are those that
 * agree best with all pairs (second method of Wu, Lin and Weng 2004, by their iteration). Rows sum to one.
 * @param present [10]: classes that are 0 take no part and get a millionth.
 */
export function couplePairs(decisions: Float64Array, slope: number, present: Uint8Array): Matrix<Float32Array> {
  const rows = decisions.length / PAIRS.length;
  const classes = Array.from({ length: CLASSES }, (_, c) => c).filter((c) => present[c] === 1);
  const pairs = PAIRS.map(([a, b], pair) => ({ pair, a: classes.indexOf(a), b: classes.indexOf(b) })).filter(({ a, b }) => a >= 0 && b >= 0);
  const count = classes.length;
  const share = 1 - UNSEEN * (CLASSES - count);
  const out = new Float32Array(rows * CLASSES).fill(count < CLASSES ? UNSEEN : 0);
  const system = new Float64Array(count * count);
  const [values, image] = [new Float64Array(count), new Float64Array(count)];
  for (let row = 0; row < rows; row++) {
    system.fill(0);
    for (const { pair, a, b } of pairs) {
      const first = Math.min(1 - SURE, Math.max(SURE, 1 / (1 + Math.exp(-slope * decisions[row * PAIRS.length + pair]))));
      const second = 1 - first;
      system[a * count + a] += second * second;
      system[b * count + b] += first * first;
      system[a * count + b] = system[b * count + a] = -first * second;
    }
    solve(system, values, image);
    for (let k = 0; k < count; k++) out[row * CLASSES + classes[k]] = values[k] * share;
  }
  return { rows, columns: CLASSES, data: out };
}

/** Minimises p'Qp over p >= 0 that sum to one; Algorithm 2 of the paper. */
function solve(system: Float64Array, values: Float64Array, image: Float64Array): void {
  const count = values.length;
  values.fill(1 / count);
  if (count === 1) return;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    let product = 0;
    for (let t = 0; t < count; t++) {
      let sum = 0;
      for (let j = 0; j < count; j++) sum += system[t * count + j] * values[j];
      image[t] = sum;
      product += values[t] * sum;
    }
    let worst = 0;
    for (let t = 0; t < count; t++) worst = Math.max(worst, Math.abs(image[t] - product));
    if (worst < CLOSE) return;
    for (let t = 0; t < count; t++) {
      const own = system[t * count + t];
      const change = (product - image[t]) / own;
      const shrink = 1 / (1 + change);
      product = (product + change * (change * own + 2 * image[t])) * shrink * shrink;
      for (let j = 0; j < count; j++) {
        image[j] = (image[j] + change * system[t * count + j]) * shrink;
        values[j] *= shrink;
      }
      values[t] += change * shrink;
    }
  }
}
