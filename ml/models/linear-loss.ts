import type * as tfTypes from '@tensorflow/tfjs-node';
import type { TensorFlowOps } from '../../native/tensorflow-js-ops.js';
import type { TensorFlow } from '../../native/tensorflow-js.js';

/** A convex loss of a row's ten scores, which are linear in its columns. */
export interface LinearLoss {
  /** The largest second derivative that it can have along a score. */
  readonly bound: number;
  /** The loss of the ten scores from `at` on, which become its derivatives by them. */
  residual(scores: Float64Array, at: number, label: number): number;
  /** The same for many rows: losses [rows] and derivatives [rows, 10] of scores [rows, 10], given one-hot targets. */
  tensors(tf: TensorFlow, ops: TensorFlowOps, scores: tfTypes.Tensor2D, targets: tfTypes.Tensor2D): readonly [tfTypes.Tensor, tfTypes.Tensor];
}
