import type { LabelledMatrix } from '../matrix.js';
import { covariancePreconditioner } from './covariance-preconditioner.js';
import type { LinearLoss } from './linear-loss.js';
import { meanLinearLoss } from './mean-linear-loss.js';
import { CLASSES } from './model.js';
import { standardisePadded } from './standardise.js';
import type { ColumnScales } from './standardise.js';

/** What a solver asks of a model with linear scores on standardised rows; weights are float64 [size / 10, 10], the bias after the columns. */
export interface LinearProblem {
  /** Numbers of a solution. */
  readonly size: number;
  /** Mean loss of the training rows, without a penalty; writes its gradient. */
  loss(weights: Float64Array, gradient: Float64Array): number;
  /** Mean loss of the validation rows. */
  validationLoss(weights: Float64Array): number;
  /** Turns a gradient, in place, into an approximate Newton step. */
  precondition(vector: Float64Array): void;
  /** Frees what is held outside the JavaScript heap. */
  dispose(): void;
}

/**
 * The problem in float64 on the JavaScript heap: at its best for a few million numbers.
 * @param ridge of the penalty ridge |W|^2 / 2, for the preconditioner.
 * @param working is called now and then meanwhile.
 */
export function plainProblem(
  train: LabelledMatrix, validation: LabelledMatrix, scales: ColumnScales, kind: LinearLoss, ridge: number, working: () => void,
): LinearProblem {
  const rows = standardisePadded(train.x, scales);
  const others = standardisePadded(validation.x, scales);
  const size = rows.stride * CLASSES;
  const unused = new Float64Array(size);
  return {
    size,
    loss: (weights, gradient) => meanLinearLoss(rows, train.labels, weights, gradient, kind),
    validationLoss: (weights) => meanLinearLoss(others, validation.labels, weights, unused, kind),
    precondition: covariancePreconditioner(rows, ridge, working, kind.bound),
    dispose() {
      // everything is on the JavaScript heap
    },
  };
}
