import { loadTensorFlow } from '../../native/tensorflow-js.js';
import { plainProblem } from '../models/linear-problem.js';
import type { LinearProblem, RowBlocks } from '../models/linear-problem.js';
import type { PaddedRows } from '../models/mean-linear-loss.js';
import { SOFTMAX_CROSS_ENTROPY } from '../models/softmax-cross-entropy.js';
import { LARGE_PROBLEM, tensorProblem } from '../models/tensor-linear-problem.js';

/**
 * Multinomial logistic regression on rows as they are: in float64 on the JavaScript heap, or in float32 by TensorFlow where there are many numbers.
 * There are no validation rows.
 * @param ridge of the penalty, for the preconditioner.
 * @param large numbers from which on TensorFlow is used.
 */
export async function untiedProblem({ rows, stride, data }: PaddedRows, labels: Uint8Array, ridge: number, large = LARGE_PROBLEM): Promise<LinearProblem> {
  const block = (from: number, to: number): PaddedRows => ({ rows: to - from, stride, data: data.subarray(from * stride, to * stride) });
  const all: RowBlocks = { rows, stride, labels, block };
  const none: RowBlocks = { rows: 0, stride, labels: new Uint8Array(0), block };
  if (data.length < large) return plainProblem(all, none, SOFTMAX_CROSS_ENTROPY, ridge, () => undefined);
  const { tf } = await loadTensorFlow();
  return tensorProblem(tf, all, none, SOFTMAX_CROSS_ENTROPY, ridge, () => Promise.resolve());
}
