import { InvalidModelError } from '../../shared/errors.js';
import type { Matrix } from '../matrix.js';
import { checkProbabilities } from './check-probabilities.js';

/**
 * What every calibrator checks before it is applied.
 * @throws InvalidModelError for another number of columns; InvalidDataError for what is no probability.
 */
export function checkColumns(proba: Matrix<Float32Array>, columns: number): void {
  if (proba.columns !== columns) throw new InvalidModelError(`This calibrator was fitted on ${columns} classes, got probabilities of ${proba.columns}.`);
  checkProbabilities(proba);
}
