import { covariancePreconditioner } from './covariance-preconditioner.js';
import type { LinearLoss } from './linear-loss.js';
import { meanLinearLoss } from './mean-linear-loss.js';
import type { PaddedRows } from './mean-linear-loss.js';
import { CLASSES } from './model.js';

/** Rows that are read a block at a time, so that no second copy of them has to stand in memory. */
export interface RowBlocks {
  readonly rows: number;
  /** Numbers a row, the bias's one and the padding among them. */
  readonly stride: number;
  readonly labels: Uint8Array;
  block(from: number, to: number): PaddedRows;
}

/** What a solver asks of a model with linear scores on padded rows; weights are float64 [size / 10, 10], the bias after the columns. */
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
  train: RowBlocks, validation: RowBlocks, kind: LinearLoss, ridge: number, working: () => void,
): LinearProblem {
  const rows = train.block(0, train.rows);
  const others = validation.block(0, validation.rows);
  const size = train.stride * CLASSES;
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
