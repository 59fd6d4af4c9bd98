import assert from 'node:assert/strict';
import type * as tfTypes from '@tensorflow/tfjs-node';
import { mobileNetV2 } from '../../../ml/networks/mobilenet-v2.js';
import { loadTensorFlow } from '../../../native/tensorflow-js.js';
import { buildNetwork, testNetworkContract, testNetworkProblems } from './network.contract.js';

describe('MobileNetV2', () => {
  testNetworkContract({ network: mobileNetV2, options: mobileNetV2.defaults, trained: 408_944, moving: 14_080 });
  testNetworkProblems(mobileNetV2, [
    [{ alpha: 0 }, /^alpha is 0: expected a number above 0$/],
    [{ blocks: 18 }, /^blocks is 18: expected at most 17$/],
    [{ strides: [1, 2, 3, 1, 2] }, /^strides is \[1,2,3,1,2\]: expected 5 numbers, each 1 or 2$/],
  ]);

  it('has the names and shapes of the weights of Keras, so that those fit', async () => {
    const { tf } = await loadTensorFlow();
    const model = buildNetwork(tf, mobileNetV2, mobileNetV2.defaults);
    const shapes = new Map(model.weights.map(({ originalName, shape }) => [originalName, shape]));
    const expected: Readonly<Record<string, readonly number[]>> = {
      'Conv1/kernel': [3, 3, 3, 16],
      'expanded_conv_depthwise/depthwise_kernel': [3, 3, 16, 1],
      'expanded_conv_project/kernel': [1, 1, 16, 8],
      'block_1_expand/kernel': [1, 1, 8, 48],
      'block_6_project/kernel': [1, 1, 96, 24],
      'block_16_project/kernel': [1, 1, 336, 112],
      'block_16_project_BN/moving_variance': [112],
      'Conv_1/kernel': [1, 1, 112, 1280],
    };
    for (const [name, shape] of Object.entries(expected)) assert.deepEqual(shapes.get(name), shape, name);
    model.dispose();
  });

  it('shows its first convolution grey in [-1, 1], thrice', async () => {
    const { tf } = await loadTensorFlow();
    const model = buildNetwork(tf, mobileNetV2, mobileNetV2.defaults);
    const adapter = tf.model({ inputs: model.inputs, outputs: model.getLayer('adapter').output as tfTypes.SymbolicTensor });
    tf.tidy(() => {
      const grey = tf.fill([1, 28, 28, 1], 0.75);
      assert.deepEqual((adapter.predict(grey) as tfTypes.Tensor).arraySync(), tf.fill([1, 28, 28, 3], 0.5).arraySync());
    });
    model.dispose();
  });
});
