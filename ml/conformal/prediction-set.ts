import type { ConformalScore } from './conformal-score.js';

/**
 * The classes that a row may show, most probable first. Nothing is drawn: adaptive sets are the largest that a draw could give, which
 * keeps their promise.
 * @param row calibrated class probabilities.
 * @param thresholds of each class.
 */
export function predictionSet(score: ConformalScore, thresholds: ArrayLike<number>, row: Float32Array): number[] {
  const scores = new Float64Array(row.length);
  score.write(row, 0, scores);
  return Array.from(row, (_, k) => k).filter((k) => scores[k] <= thresholds[k]).sort((a, b) => row[b] - row[a] || a - b);
}
