import type { ProbabilityFigures } from '../../shared/calibration.js';
import type { Matrix } from '../matrix.js';
import { accuracy } from './accuracy.js';
import { argmaxRows } from './argmax-rows.js';
import { brierScore } from './brier-score.js';
import { calibration } from './calibration.js';
import { logLoss } from './log-loss.js';

/** How good probabilities of labelled rows are. */
export function probabilityFigures(proba: Matrix<Float32Array>, labels: Uint8Array): ProbabilityFigures {
  const predicted = argmaxRows(proba);
  return {
    accuracy: accuracy(predicted, labels),
    logLoss: logLoss(proba, labels),
    ece: calibration(proba, predicted, labels).ece,
    brier: brierScore(proba, labels),
  };
}
