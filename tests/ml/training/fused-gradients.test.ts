import assert from 'node:assert/strict';
import type * as tfTypes from '@tensorflow/tfjs-node';
import { fusedGradients } from '../../../ml/training/fused-gradients.js';
import { loadTensorFlow } from '../../../native/tensorflow-js.js';
import type { TensorFlow } from '../../../native/tensorflow-js.js';

type Op = (...inputs: tfTypes.Tensor[]) => tfTypes.Tensor;

/** Values and gradients of both, on the same inputs, must agree. */
function assertSame(tf: TensorFlow, ours: Op, theirs: Op, inputs: tfTypes.Tensor[]): void {
  const measure = (op: Op): Float32Array[] => tf.tidy(() => {
    const weigh: Op = (...given) => {
      const value = op(...given);
      return tf.sum(tf.mul(value, tf.cos(tf.range(0, value.size).reshape(value.shape))));
    };
    return [op(...inputs), ...tf.grads(weigh)(inputs)].map((tensor) => tensor.dataSync() as Float32Array);
  });
  const [mine, other] = [measure(ours), measure(theirs)];
  mine.forEach((values, output) => {
    assert.equal(values.length, other[output]?.length);
    values.forEach((value, i) => assert.ok(Math.abs(value - (other[output]?.[i] ?? Number.NaN)) < 1e-5, `output ${output}, number ${i}: ${value}, expected ${other[output]?.[i]}`));
  });
}

describe('fused gradients agree with those of TensorFlow.js', () => {
  let tf: TensorFlow;
  before(async () => { ({ tf } = await loadTensorFlow()); });

  it('biasRelu', () => {
    const inputs = [tf.randomNormal([2, 4, 4, 3], 0, 1, 'float32', 1), tf.randomNormal([3], 0, 1, 'float32', 2)];
    assertSame(tf, fusedGradients(tf).biasRelu as Op, (x, b) => tf.relu(tf.add(x as tfTypes.Tensor, b as tfTypes.Tensor)), inputs);
    tf.dispose(inputs);
  });

  it('biasAdd', () => {
    const inputs = [tf.randomNormal([5, 3], 0, 1, 'float32', 1), tf.randomNormal([3], 0, 1, 'float32', 2)];
    assertSame(tf, fusedGradients(tf).biasAdd as Op, (x, b) => tf.add(x as tfTypes.Tensor, b as tfTypes.Tensor), inputs);
    tf.dispose(inputs);
  });

  for (const [height, width] of [[4, 6], [5, 7]] as const) {
    it(`maxPool2x2 of ${height} x ${width} maps`, () => {
      const inputs = [tf.randomNormal([2, height, width, 3], 0, 1, 'float32', 4)];
      assertSame(tf, fusedGradients(tf).maxPool2x2 as Op, (x) => tf.maxPool(x as tfTypes.Tensor4D, 2, 2, 'valid'), inputs);
      tf.dispose(inputs);
    });
  }

  it('crossEntropy', () => {
    const targets = tf.tensor2d([0.1, 0.8, 0.1, 1, 0, 0], [2, 3]);
    const inputs = [tf.randomNormal([2, 3], 0, 1, 'float32', 5)];
    const ours: Op = (logits) => fusedGradients(tf).crossEntropy(logits as tfTypes.Tensor, targets);
    assertSame(tf, ours, (logits) => tf.losses.softmaxCrossEntropy(targets, logits as tfTypes.Tensor), inputs);
    tf.dispose([...inputs, targets]);
  });
});
