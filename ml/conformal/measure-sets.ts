import type { ConformalFigures } from '../../shared/calibration.js';
import type { Matrix } from '../matrix.js';
import { createRandom } from '../random.js';
import type { ConformalScore } from './conformal-score.js';

/**
 * How often the sets of a score hold the true class, and how large they are.
 * @param thresholds of each class.
 * @param seed of the random part of adaptive scores; another one than that of the thresholds.
 */
export function measureSets(
  score: ConformalScore, thresholds: ArrayLike<number>, alpha: number, proba: Matrix<Float32Array>, labels: Uint8Array, seed: number,
): ConformalFigures {
  const { columns, data } = proba;
  const random = createRandom(seed);
  const scores = new Float64Array(columns);
  const [held, rows] = [new Float64Array(columns), new Float64Array(columns)];
  let [members, empty, single] = [0, 0, 0];
  for (let row = 0; row < labels.length; row++) {
    score.write(data.subarray(row * columns, (row + 1) * columns), random.uniform(), scores);
    let size = 0;
    for (let k = 0; k < columns; k++) {
      if (scores[k] > thresholds[k]) continue;
      size++;
      if (k === labels[row]) held[k]++;
    }
    rows[labels[row]]++;
    members += size;
    if (size === 0) empty++;
    if (size === 1) single++;
  }
  const n = labels.length;
  const coverage = held.reduce((sum, count) => sum + count, 0) / n;
  return {
    score: score.name, alpha, coverage, meanSize: members / n, empty: empty / n, single: single / n,
    byClass: Array.from(rows, (count, k) => (count === 0 ? null : held[k] / count)),
  };
}
