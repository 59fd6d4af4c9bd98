import { loadTensorFlow } from '../../native/tensorflow.js';
import { covariancePreconditioner } from '../models/covariance-preconditioner.js';
import type { LinearProblem } from '../models/linear-problem.js';
import { CLASSES } from '../models/model.js';
import type { PaddedRows } from '../models/mean-linear-loss.js';
import { SOFTMAX_CROSS_ENTROPY } from '../models/softmax-cross-entropy.js';
import { softmaxLoss } from '../models/softmax-loss.js';
import { LARGE_PROBLEM, tensorProblem } from '../models/tensor-linear-problem.js';

/** What the solver asks of multinomial logistic regression on given rows. */
export type UntiedProblem = Omit<LinearProblem, 'validationLoss'>;

/**
 * Multinomial logistic regression on rows as they are: in float64 on the JavaScript heap, or in float32 by TensorFlow where there are many numbers.
 * @param ridge of the penalty, for the preconditioner.
 * @param large numbers from which on TensorFlow is used.
 */
export async function untiedProblem(rows: PaddedRows, labels: Uint8Array, ridge: number, large = LARGE_PROBLEM): Promise<UntiedProblem> {
  const { stride, data } = rows;
  if (data.length < large) {
    return {
      size: stride * CLASSES,
      loss: (weights, gradient) => softmaxLoss(rows, labels, weights, gradient),
      precondition: covariancePreconditioner(rows, ridge, () => undefined),
      dispose() {
        // everything is on the JavaScript heap
      },
    };
  }
  const { tf } = await loadTensorFlow();
  const block = (from: number, to: number): PaddedRows => ({ rows: to - from, stride, data: data.subarray(from * stride, to * stride) });
  return tensorProblem(tf, { rows: rows.rows, labels, block }, { rows: 0, labels: new Uint8Array(0), block }, stride, SOFTMAX_CROSS_ENTROPY, ridge, () => Promise.resolve());
}
