import { CALIBRATION_METHODS } from '../../shared/calibration.js';
import type { CalibrationMethod } from '../../shared/calibration.js';
import { InvalidDataError } from '../../shared/errors.js';
import { takeMatrixRows } from '../data/take-matrix-rows.js';
import { stratifiedFolds } from '../ensembles/stratified-folds.js';
import { logLoss } from '../evaluation/log-loss.js';
import type { Matrix } from '../matrix.js';
import type { Calibrator, CalibratorKind } from './calibrator.js';
import { checkLabelledProbabilities } from './check-probabilities.js';
import { CALIBRATORS } from './registry.js';

const FOLDS = 5;
const FEWEST = 2 * FOLDS;

/** The method with the smallest cross-validated log-loss, fitted on all rows. */
export interface ChosenCalibrator {
  readonly calibrator: Calibrator;
  /** The chosen method's probabilities of the rows, each from a fit on the other four folds. */
  readonly outOfFold: Matrix<Float32Array>;
  /** Log-loss of each method, out of fold. */
  readonly logLoss: Readonly<Partial<Record<CalibrationMethod, number>>>;
}

/**
 * Chooses among methods of calibration by five-fold cross-validation; probabilities as they are always take part, and win a tie.
 * @param proba of rows that the model was not fitted on.
 * @param tick called between fits.
 * @throws InvalidDataError for fewer than 10 rows, and what the methods throw.
 */
export function chooseCalibrator(
  proba: Matrix<Float32Array>, labels: Uint8Array, methods: readonly CalibrationMethod[], seed: number, tick: () => void,
): ChosenCalibrator {
  checkLabelledProbabilities(proba, labels);
  if (labels.length < FEWEST) {
    throw new InvalidDataError(`Calibration has ${labels.length} validation rows, expected at least ${FEWEST}: give more rows, or switch evaluate.calibration off.`);
  }
  const folds = stratifiedFolds(labels, FOLDS, seed);
  const kinds = CALIBRATION_METHODS.filter((method) => method === 'none' || methods.includes(method)).map((method) => CALIBRATORS[method]);
  const tried = kinds.map((kind) => {
    const outOfFold = crossFitted(kind, proba, labels, folds, tick);
    return { kind, outOfFold, loss: logLoss(outOfFold, labels) };
  });
  const best = tried.reduce((least, other) => (other.loss < least.loss ? other : least));
  return {
    calibrator: best.kind.fit(proba, labels),
    outOfFold: best.outOfFold,
    logLoss: Object.fromEntries(tried.map(({ kind: { method }, loss }) => [method, loss])),
  };
}

function crossFitted(kind: CalibratorKind, proba: Matrix<Float32Array>, labels: Uint8Array, folds: Uint8Array, tick: () => void): Matrix<Float32Array> {
  const { rows, columns } = proba;
  const data = new Float32Array(rows * columns);
  const all = Uint32Array.from(labels.keys());
  for (let fold = 0; fold < FOLDS; fold++) {
    const kept = all.filter((row) => folds[row] !== fold);
    const held = all.filter((row) => folds[row] === fold);
    const calibrated = kind.fit(takeMatrixRows(proba, kept), Uint8Array.from(kept, (row) => labels[row])).apply(takeMatrixRows(proba, held));
    held.forEach((row, index) => data.set(calibrated.data.subarray(index * columns, (index + 1) * columns), row * columns));
    tick();
  }
  return { rows, columns, data };
}
