import type * as tfTypes from '@tensorflow/tfjs-node';
import { tensorFlowOps } from '../../native/tensorflow-js-ops.js';
import type { TensorFlowOps } from '../../native/tensorflow-js-ops.js';
import type { TensorFlow } from '../../native/tensorflow-js.js';
import type { LinearLoss } from './linear-loss.js';
import { CLASSES } from './model.js';
import type { LinearProblem, RowBlocks } from './linear-problem.js';

/** Numbers (rows x columns) from which on TensorFlow's products are worth the second that loading it takes. */
export const LARGE_PROBLEM = 4e6;

const BLOCK = 1_000; // rows: a block of 1,512 columns stays in the cache between the product forward and the product back
const POWER_STEPS = 20;
const ROUNDING = 1e-6; // of the largest eigenvalue: what float32 leaves uncertain about the smallest

/** Some padded rows and their classes one-hot: float32 [rows, stride] and [rows, 10]. */
interface Block {
  readonly x: tfTypes.Tensor2D;
  readonly targets: tfTypes.Tensor2D;
}

/**
 * The problem in float32 by TensorFlow, one block of rows after the other: fifty times as fast as `plainProblem` on a thousand
 * columns. Sums over blocks are kept in float64. The preconditioner is the covariance of all rows times the loss's bound,
 * damped by the ridge, or by as much as float32 needs for its Cholesky factor.
 * @param working is called after each block; it may throw to stop.
 */
export async function tensorProblem(
  tf: TensorFlow, train: RowBlocks, validation: RowBlocks, kind: LinearLoss, ridge: number, working: () => Promise<void>,
): Promise<LinearProblem> {
  const { stride } = train;
  const ops = tensorFlowOps(tf);
  const blocks: Block[] = [];
  const others: Block[] = [];
  let factor: tfTypes.Tensor = tf.zeros([stride, stride]);
  const dispose = (): void => tf.dispose([factor, ...[...blocks, ...others].flatMap(({ x, targets }) => [x, targets])]);
  try {
    for (let from = 0; from < train.rows; from += BLOCK) {
      const block = blockOf(tf, train, from);
      blocks.push(block);
      const sum = tf.tidy(() => factor.add(tf.matMul(block.x, block.x, true)));
      factor.dispose();
      factor = sum;
      await working();
    }
    for (let from = 0; from < validation.rows; from += BLOCK) others.push(blockOf(tf, validation, from));
    const lower = tf.tidy(() => dampedFactor(tf, ops, factor.mul(kind.bound / train.rows), stride, ridge));
    factor.dispose();
    factor = lower;
  } catch (error) {
    dispose();
    throw error;
  }
  return {
    size: stride * CLASSES,
    loss: (weights, gradient) => meanLoss(tf, ops, kind, blocks, weights, gradient),
    validationLoss: (weights) => meanLoss(tf, ops, kind, others, weights),
    precondition(vector) {
      const solved = tf.tidy(() => ops.solveLower(factor, ops.solveLower(factor, weightTensor(tf, vector), false), true).dataSync());
      vector.set(solved);
    },
    dispose,
  };
}

function blockOf(tf: TensorFlow, { rows: all, stride, labels, block }: RowBlocks, from: number): Block {
  const { rows, data } = block(from, Math.min(all, from + BLOCK));
  const targets = new Float32Array(rows * CLASSES);
  for (let row = 0; row < rows; row++) targets[row * CLASSES + labels[from + row]] = 1;
  return { x: tf.tensor2d(data, [rows, stride]), targets: tf.tensor2d(targets, [rows, CLASSES]) };
}

/** L of L L' = covariance + damping I. */
function dampedFactor(tf: TensorFlow, ops: TensorFlowOps, covariance: tfTypes.Tensor, stride: number, ridge: number): tfTypes.Tensor {
  let vector: tfTypes.Tensor = tf.fill([stride, 1], 1 / Math.sqrt(stride));
  let largest = 0;
  for (let step = 0; step < POWER_STEPS; step++) {
    const image = tf.matMul(covariance as tfTypes.Tensor2D, vector as tfTypes.Tensor2D);
    largest = image.norm().dataSync()[0];
    vector = image.div(Math.max(largest, Number.MIN_VALUE));
  }
  return ops.cholesky(covariance.add(tf.eye(stride).mul(Math.max(ridge, ROUNDING * largest, ROUNDING))));
}

function weightTensor(tf: TensorFlow, weights: Float64Array): tfTypes.Tensor2D {
  return tf.tensor2d(Float32Array.from(weights), [weights.length / CLASSES, CLASSES]);
}

/** Mean loss of the blocks' rows; writes its gradient where one is wanted. */
function meanLoss(tf: TensorFlow, ops: TensorFlowOps, kind: LinearLoss, blocks: readonly Block[], weights: Float64Array, gradient?: Float64Array): number {
  gradient?.fill(0);
  const w = weightTensor(tf, weights);
  let rows = 0;
  let sum = 0;
  for (const { x, targets } of blocks) {
    const [losses, slopes] = tf.tidy(() => {
      const [each, residual] = kind.tensors(tf, ops, tf.matMul(x, w), targets);
      return [each.dataSync(), gradient && tf.matMul(x, residual as tfTypes.Tensor2D, true).dataSync()];
    });
    rows += losses.length;
    for (const loss of losses) sum += loss;
    if (gradient && slopes) for (let i = 0; i < gradient.length; i++) gradient[i] += slopes[i];
  }
  w.dispose();
  if (gradient) for (let i = 0; i < gradient.length; i++) gradient[i] /= rows;
  return sum / rows;
}
