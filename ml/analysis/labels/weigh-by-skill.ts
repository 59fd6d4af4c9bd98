import { InvalidDataError } from '../../../shared/errors.js';
import { logLoss } from '../../evaluation/log-loss.js';
import type { Matrix } from '../../matrix.js';

/** A model that never errs must not silence all others. */
const LEAST_LOSS = 1e-3;

/** Several models' opinions as one. */
export interface WeightedAverage {
  /** Per model, in the order given; they sum to one. */
  readonly weights: readonly number[];
  readonly proba: Matrix<Float32Array>;
}

/**
 * The mean of several models' probabilities of the same rows, weighted by 1 / logLoss^2 against the labels: a strong model decides, and the
 * weaker ones order what it is equally sure of. (The exponent was chosen on training images, out of fold.)
 * @throws InvalidDataError when there is no model, or the shapes differ.
 */
export function weighBySkill(models: readonly Matrix<Float32Array>[], labels: Uint8Array): WeightedAverage {
  const [first] = models;
  if (first === undefined) throw new InvalidDataError('No probabilities were given: expected those of at least one model.');
  for (const [index, { rows, columns }] of models.entries()) {
    if (rows !== first.rows || columns !== first.columns) {
      throw new InvalidDataError(`Model ${index} has probabilities [${rows}, ${columns}], but model 0 has [${first.rows}, ${first.columns}]: expected the same rows.`);
    }
  }
  const skills = models.map((proba) => Math.max(LEAST_LOSS, logLoss(proba, labels)) ** -2);
  const total = skills.reduce((sum, skill) => sum + skill, 0);
  const weights = skills.map((skill) => skill / total);
  const mean = new Float64Array(first.data.length);
  for (const [index, { data }] of models.entries()) for (let i = 0; i < mean.length; i++) mean[i] += weights[index] * data[i];
  return { weights, proba: { ...first, data: Float32Array.from(mean) } };
}
