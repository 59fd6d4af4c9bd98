import type * as tfTypes from '@tensorflow/tfjs-node';
import { tensorFlowOps } from '../../native/tensorflow-js-ops.js';
import type { TensorFlow } from '../../native/tensorflow-js.js';

type Tensor = tfTypes.Tensor;

/** Operations whose gradients TensorFlow.js makes slowly, with fast ones. All take and give float32. */
export interface FusedGradients {
  biasRelu(x: Tensor, bias: Tensor): Tensor;
  biasAdd(x: Tensor, bias: Tensor): Tensor;
  /** 2 x 2 maxima, stride 2, of [n, height, width, channels]; an odd last row or column is left out. */
  maxPool2x2(x: Tensor): Tensor;
  /** Mean cross-entropy of softmax(logits) against targets, a scalar; no gradient flows to the targets. */
  crossEntropy(logits: Tensor, targets: Tensor): Tensor;
}

const known = new WeakMap<TensorFlow, FusedGradients>();

/** The operations for a loaded TensorFlow. */
export function fusedGradients(tf: TensorFlow): FusedGradients {
  const made = known.get(tf) ?? createFusedGradients(tf);
  known.set(tf, made);
  return made;
}

function createFusedGradients(tf: TensorFlow): FusedGradients {
  const ops = tensorFlowOps(tf);
  type Save = (tensors: Tensor[]) => void;

  const biasRelu = tf.customGrad((...inputs) => {
    const [x, bias, save] = inputs as unknown as [Tensor, Tensor, Save];
    const value = ops.relu(ops.biasAdd(x, bias));
    save([value]);
    const gradFunc = (dy: Tensor, [output]: Tensor[]): Tensor[] => {
      const dx = ops.reluGrad(dy, output);
      return [dx, ops.biasAddGrad(dx)];
    };
    return { value, gradFunc };
  });

  const biasAdd = tf.customGrad((...inputs) => {
    const [x, bias] = inputs as unknown as [Tensor, Tensor];
    return { value: ops.biasAdd(x, bias), gradFunc: (dy: Tensor) => [dy, ops.biasAddGrad(dy)] };
  });

  const maxPool2x2 = tf.customGrad((...inputs) => {
    const [x, save] = inputs as unknown as [tfTypes.Tensor4D, Save];
    const value = tf.maxPool(x, 2, 2, 'valid');
    save([x, value]);
    return { value, gradFunc: (dy: Tensor, [input, output]: Tensor[]) => maxPoolGradient(input as tfTypes.Tensor4D, output, dy) };
  });

  /**
   * The maxima's places by comparison: a quarter of the time of MaxPoolGrad, which looks for them pixel by pixel. Equal
   * maxima of one window each get the whole gradient, where MaxPoolGrad gives it to the first.
   */
  function maxPoolGradient(x: tfTypes.Tensor4D, maxima: Tensor, dy: Tensor): Tensor {
    const [n, height, width, channels] = x.shape;
    const [, rows, columns] = maxima.shape;
    const whole = height === 2 * rows && width === 2 * columns;
    const used = whole ? x : tf.slice(x, [0, 0, 0, 0], [n, 2 * rows, 2 * columns, channels]);
    const windows = [n * rows, 2, columns, 2, channels];
    const single = [n * rows, 1, columns, 1, channels];
    const isMaximum = tf.equal(tf.reshape(used, windows), tf.reshape(maxima, single));
    const spread = ops.select(isMaximum, tf.reshape(dy, single), tf.scalar(0));
    const dx = tf.reshape(spread, [n, 2 * rows, 2 * columns, channels]);
    return whole ? dx : tf.pad(dx, [[0, 0], [0, height - 2 * rows], [0, width - 2 * columns], [0, 0]]);
  }

  const crossEntropy = tf.customGrad((...inputs) => {
    const [logits, targets, save] = inputs as unknown as [Tensor, Tensor, Save];
    const [losses, gradient] = ops.softmaxCrossEntropy(logits, targets);
    save([tf.div(gradient, logits.shape[0] ?? 1), targets]);
    return { value: tf.mean(losses), gradFunc: (dy: Tensor, [scaled, fixed]: Tensor[]) => [tf.mul(scaled, dy), tf.zerosLike(fixed)] };
  });

  return { biasRelu, biasAdd, maxPool2x2, crossEntropy };
}
