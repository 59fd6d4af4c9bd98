import { softmaxRow } from '../ensembles/softmax-row.js';
import { CLASSES } from './model.js';

const [COLDEST, HOTTEST] = [0.05, 1e4];
const HALVINGS = 40;

/**
 * The temperature T at which softmax(scores / T) has the smallest log-loss on labelled rows (Guo et al., "On Calibration of Modern Neural
 * Networks", 2017), in [0.05, 10,000]. The loss is convex in 1 / T: its slope is bisected. Rows whose label has a score of -Infinity, of a
 * class without training rows, do not count; 1 where none does.
 * @param scores [rows, 10]
 */
export function fitTemperature(scores: Float64Array, labels: Uint8Array): number {
  const known = Array.from(labels.keys()).filter((row) => Number.isFinite(scores[row * CLASSES + labels[row]]));
  if (known.length === 0) return 1;
  let [low, high] = [Math.log(COLDEST), Math.log(HOTTEST)];
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (low + high) / 2;
    if (slope(scores, labels, known, Math.exp(-middle)) > 0) low = middle; // too sure: hotter
    else high = middle;
  }
  return Math.exp((low + high) / 2);
}

/** Of the log-loss by the inverse temperature: the sum over rows of E[score] - score(label). */
function slope(scores: Float64Array, labels: Uint8Array, known: readonly number[], inverse: number): number {
  const row = new Float64Array(CLASSES);
  let sum = 0;
  for (const index of known) {
    const from = index * CLASSES;
    const own = scores[from + labels[index]];
    for (let k = 0; k < CLASSES; k++) row[k] = scores[from + k] * inverse;
    softmaxRow(row);
    for (let k = 0; k < CLASSES; k++) if (row[k] > 0) sum += row[k] * (scores[from + k] - own);
  }
  return sum;
}
