import type { ConformalScoreName } from '../../shared/calibration.js';
import type { ConformalScore } from './conformal-score.js';

const PENALTY = 0.01;
const FREE = 1;

/**
 * Adaptive prediction sets (APS; Romano, Sesia and Candes, "Classification with Valid and Adaptive Coverage", 2020): a class's score is
 * the probability of all more probable classes, and a random part of its own.
 */
export const aps: ConformalScore = adaptive('aps', 0);

/**
 * Regularised adaptive sets (RAPS; Angelopoulos et al., "Uncertainty Sets for Image Classifiers using Conformal Prediction", 2021): APS
 * with 0.01 added to the score for every rank after the first, which keeps unlikely classes out of large sets.
 */
export const raps: ConformalScore = adaptive('raps', PENALTY);

function adaptive(name: ConformalScoreName, penalty: number): ConformalScore {
  return {
    name,
    byClass: false,
    write(row, draw, out) {
      for (let k = 0; k < row.length; k++) {
        let [before, rank] = [0, 1];
        for (let j = 0; j < row.length; j++) {
          if (row[j] > row[k] || (row[j] === row[k] && j < k)) {
            before += row[j];
            rank++;
          }
        }
        out[k] = before + draw * row[k] + penalty * Math.max(0, rank - FREE);
      }
    },
  };
}
