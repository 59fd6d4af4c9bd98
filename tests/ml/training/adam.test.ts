import assert from 'node:assert/strict';
import { adamStep, createAdamState } from '../../../ml/training/adam.js';
import type { AdamOptions } from '../../../ml/training/adam.js';
import { loadTensorFlow } from '../../../native/tensorflow-js.js';

const PLAIN: AdamOptions = { beta1: 0.9, beta2: 0.999, epsilon: 1e-7, weightDecay: 0 };
const ONE = [{ offset: 0, length: 1, decays: true }];

describe('adam', () => {
  it('moves by the learning rate against the gradient in its first step', () => {
    const weights = Float32Array.of(1);
    adamStep(weights, [Float32Array.of(3)], ONE, createAdamState(1), 0.25, PLAIN);
    assert.ok(Math.abs((weights[0] ?? 0) - 0.75) < 1e-6);
  });

  it('agrees with TensorFlow.js over ten steps', async () => {
    const { tf } = await loadTensorFlow();
    const start = [0.5, -1.5, 2];
    const gradientAt = (w: ArrayLike<number>): Float32Array => Float32Array.from(w, (value, i) => 2 * (value - i));
    const weights = Float32Array.from(start);
    const state = createAdamState(3);
    const slices = [{ offset: 0, length: 2, decays: false }, { offset: 2, length: 1, decays: false }];
    const variable = tf.variable(tf.tensor1d(start));
    const optimizer = tf.train.adam(0.1, 0.9, 0.999, 1e-7);
    for (let step = 0; step < 10; step++) {
      const gradient = gradientAt(weights);
      adamStep(weights, [gradient.subarray(0, 2), gradient.subarray(2)], slices, state, 0.1, PLAIN);
      const theirs = tf.tensor1d(gradientAt(variable.dataSync()));
      optimizer.applyGradients([{ name: variable.name, tensor: theirs }]);
      theirs.dispose();
    }
    variable.dataSync().forEach((value, i) => assert.ok(Math.abs(value - (weights[i] ?? 0)) < 1e-5, `${value} against ${weights[i]}`));
    variable.dispose();
    optimizer.dispose();
  });

  it('decays kernels towards zero and leaves biases alone', () => {
    const weights = Float32Array.of(2, 2);
    const slices = [{ offset: 0, length: 1, decays: true }, { offset: 1, length: 1, decays: false }];
    adamStep(weights, [Float32Array.of(0), Float32Array.of(0)], slices, createAdamState(2), 0.5, { ...PLAIN, weightDecay: 0.1 });
    assert.ok(Math.abs((weights[0] ?? 0) - 1.9) < 1e-6);
    assert.equal(weights[1], 2);
  });
});
