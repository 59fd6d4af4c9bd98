import type { Matrix } from '../../matrix.js';

/** No probability reaches it: nothing is counted into a class that no row is labelled as. */
export const UNREACHABLE = 2;

/** cleanlab's lower bound: a class that its own rows get no probability of is still not free for all. */
const LEAST = 2e-6;

/**
 * Per class j, the mean probability of j over the rows labelled j: how sure the model is of a class where it is said to be.
 * Northcutt, Jiang and Chuang, "Confident Learning: Estimating Uncertainty in Dataset Labels" (2021), equation 2; as cleanlab's
 * `get_confident_thresholds`.
 */
export function confidentThresholds({ columns, data }: Matrix<Float32Array>, labels: Uint8Array): Float64Array {
  const sums = new Float64Array(columns);
  const counts = new Float64Array(columns);
  for (let row = 0; row < labels.length; row++) {
    sums[labels[row]] += data[row * columns + labels[row]];
    counts[labels[row]]++;
  }
  return sums.map((sum, k) => (counts[k] === 0 ? UNREACHABLE : Math.max(LEAST, sum / counts[k])));
}
