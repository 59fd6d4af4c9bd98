import { CONFORMAL_SCORES } from '../../shared/calibration.js';
import type { CalibrationConfig } from '../../shared/calibration.js';
import { InvalidConfigError } from '../../shared/errors.js';
import { byScore } from '../conformal/by-score.js';
import { fitThresholds } from '../conformal/fit-thresholds.js';
import { SCORES } from '../conformal/registry.js';
import { argmaxRows } from '../evaluation/argmax-rows.js';
import { probabilityFigures } from '../evaluation/probability-figures.js';
import type { Matrix } from '../matrix.js';
import { deriveSeed } from '../random.js';
import { largestProbability } from '../rejection/confidence.js';
import { rightRows } from '../rejection/right-rows.js';
import { riskCoverage } from '../rejection/risk-coverage.js';
import { thresholdForRisk } from '../rejection/risk-threshold.js';
import { chooseCalibrator } from './choose-calibrator.js';
import type { FittedCalibration } from './fitted-calibration.js';

/**
 * All that validation rows say of one model's probabilities. The calibrator is fitted on all rows; thresholds of confidence and of
 * conformal sets come from the probabilities of the same rows out of fold (cross-conformal; Vovk 2015), so that no row helped to
 * calibrate itself and all rows count. Halves would make the promise exact at twice the noise of the thresholds.
 * @param proba of rows that the model was not fitted on; of an ensemble fitted on them, out of fold.
 * @param tick called often.
 * @throws InvalidDataError for fewer than 10 rows, NaN or numbers that differ; InvalidConfigError for a risk or an alpha out of range.
 */
export function fitCalibration(
  proba: Matrix<Float32Array>,
  labels: Uint8Array,
  { methods, risks, alphas }: Pick<CalibrationConfig, 'methods' | 'risks' | 'alphas'>,
  seed: number,
  tick: () => void = () => undefined,
): FittedCalibration {
  const wrong = risks.find((risk) => !(risk >= 0 && risk < 1));
  if (wrong !== undefined) throw new InvalidConfigError(`A rate of errors is ${wrong}: expected a number from 0 to less than 1.`);
  const { calibrator, outOfFold, logLoss } = chooseCalibrator(proba, labels, methods, seed, tick);
  const points = riskCoverage(largestProbability(outOfFold), rightRows(argmaxRows(outOfFold), labels));
  const thresholds = byScore((name) => {
    tick();
    return fitThresholds(SCORES[name], outOfFold, labels, alphas, deriveSeed(seed, CONFORMAL_SCORES.indexOf(name)));
  });
  return {
    calibrator,
    summary: {
      method: calibrator.method,
      description: calibrator.description,
      rows: labels.length,
      logLoss,
      before: probabilityFigures(proba, labels),
      after: probabilityFigures(outOfFold, labels),
      rejection: risks.map((risk) => thresholdForRisk(points, risk)),
    },
    alphas,
    thresholds,
  };
}
