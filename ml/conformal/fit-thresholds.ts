import type { Matrix } from '../matrix.js';
import { createRandom } from '../random.js';
import { conformalQuantile } from './conformal-quantile.js';
import type { ConformalScore } from './conformal-score.js';

/**
 * Thresholds of a score from labelled rows of which neither the model nor its calibrator saw anything: for each alpha one, or one for
 * each class where the score goes by class.
 * @param proba calibrated probabilities.
 * @returns [alphas][classes]
 */
export function fitThresholds(score: ConformalScore, proba: Matrix<Float32Array>, labels: Uint8Array, alphas: readonly number[], seed: number): number[][] {
  const { columns, data } = proba;
  const random = createRandom(seed);
  const scores = new Float64Array(columns);
  const own = Float64Array.from(labels, (label, row) => {
    score.write(data.subarray(row * columns, (row + 1) * columns), random.uniform(), scores);
    return scores[label];
  });
  const sorted = (of: Float64Array): Float64Array => of.slice().sort();
  const all = score.byClass
    ? Array.from({ length: columns }, (_, k) => sorted(own.filter((__, row) => labels[row] === k)))
    : new Array<Float64Array>(columns).fill(sorted(own));
  return alphas.map((alpha) => all.map((list) => conformalQuantile(list, alpha)));
}
