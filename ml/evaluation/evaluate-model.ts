import { InvalidDataError } from '../../shared/errors.js';
import type { ModelEvaluation } from '../../shared/metrics.js';
import type { Matrix } from '../matrix.js';
import { accuracy } from './accuracy.js';
import { argmaxRows } from './argmax-rows.js';
import { calibration } from './calibration.js';
import { classMetrics } from './class-metrics.js';
import { confusionMatrix } from './confusion.js';
import { logLoss } from './log-loss.js';
import { mostConfused } from './most-confused.js';
import { wilsonInterval } from './wilson-interval.js';
import { worstErrors } from './worst-errors.js';

const PAIRS = 10;
const ERRORS = 30;

/**
 * Everything measured of one model's probabilities ([rows, classes]) on labelled images.
 * @throws InvalidDataError when there is no row, the numbers of rows differ, or a probability is not finite.
 */
export function evaluateModel(name: string, proba: Matrix<Float32Array>, labels: Uint8Array): ModelEvaluation {
  if (labels.length === 0 || proba.rows !== labels.length) {
    throw new InvalidDataError(`Model ${name}: ${proba.rows} rows of probabilities for ${labels.length} labels.`);
  }
  const wrong = proba.data.findIndex((value) => !Number.isFinite(value));
  if (wrong >= 0) {
    throw new InvalidDataError(`Model ${name}: the probability in row ${Math.floor(wrong / proba.columns)} is ${proba.data[wrong]}.`);
  }
  const predicted = argmaxRows(proba);
  const confusion = confusionMatrix(predicted, labels, proba.columns);
  const hits = confusion.reduce((sum, row, k) => sum + row[k], 0);
  return {
    name,
    accuracy: accuracy(predicted, labels),
    accuracyInterval: wilsonInterval(hits, labels.length),
    logLoss: logLoss(proba, labels),
    ...calibration(proba, predicted, labels),
    classes: classMetrics(confusion),
    confusion,
    mostConfused: mostConfused(confusion, PAIRS),
    errors: worstErrors(proba, predicted, labels, ERRORS),
  };
}
