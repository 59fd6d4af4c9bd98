import { InvalidConfigError } from '../../shared/errors.js';
import type { Neighbours } from '../neighbours/neighbours.js';
import { symmetricGraph } from './symmetric-graph.js';
import type { SparseGraph } from './symmetric-graph.js';

const REPORT_EVERY = 500;
const STEPS = 100;
const TOLERANCE = 1e-5; // of the entropy, as scikit-learn's

/**
 * t-SNE's joint probabilities: a Gaussian around each row, as wide as gives its neighbours the perplexity (the exponential of
 * the entropy), then p_ij = (p_j|i + p_i|j) / 2n. They sum to 1. Source: van der Maaten and Hinton, JMLR 9, 2008.
 * @param onProgress called every some hundred rows; may throw to end it.
 * @throws InvalidConfigError when the perplexity is below 1 or not below the number of neighbours.
 */
export function affinities(neighbours: Neighbours, perplexity: number, onProgress: (fraction: number) => void = () => {}): SparseGraph {
  const { rows, k, distances } = neighbours;
  if (!(perplexity >= 1) || perplexity >= k) {
    throw new InvalidConfigError(`t-SNE: a perplexity of ${perplexity} with ${k} neighbours a row; expected one from 1 to below ${k}. Lower it or give more rows.`);
  }
  const conditional = new Float64Array(rows * k);
  const squared = new Float64Array(k);
  for (let row = 0; row < rows; row++) {
    if (row % REPORT_EVERY === 0) onProgress((row + 1) / (2 * rows));
    const nearest = distances[row * k] ** 2;
    for (let j = 0; j < k; j++) squared[j] = distances[row * k + j] ** 2 - nearest; // the same distribution, and no underflow
    calibrate(squared, Math.log(perplexity), conditional.subarray(row * k, (row + 1) * k));
  }
  return symmetricGraph(neighbours, conditional, (one, other) => (one + other) / (2 * rows), (fraction) => onProgress(0.5 + fraction / 2));
}

/** Fills in exp(-beta * squared), normalised, with the beta whose entropy (in nats) is the one wanted. */
function calibrate(squared: Float64Array, entropy: number, probabilities: Float64Array): void {
  let beta = 1;
  let least = 0;
  let most = Infinity;
  for (let step = 0; step < STEPS; step++) {
    let sum = 0;
    let moment = 0;
    for (let j = 0; j < squared.length; j++) {
      const weight = Math.exp(-beta * squared[j]);
      probabilities[j] = weight;
      sum += weight;
      moment += weight * squared[j];
    }
    for (let j = 0; j < squared.length; j++) probabilities[j] /= sum;
    const excess = Math.log(sum) + (beta * moment) / sum - entropy;
    if (Math.abs(excess) <= TOLERANCE) return;
    if (excess > 0) least = beta;
    else most = beta;
    beta = most === Infinity ? beta * 2 : (least + most) / 2;
  }
}
