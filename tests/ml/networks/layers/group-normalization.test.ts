import assert from 'node:assert/strict';
import type * as tfTypes from '@tensorflow/tfjs-node';
import { registerLayers } from '../../../../ml/networks/layers/register-layers.js';
import { loadTensorFlow } from '../../../../native/tensorflow-js.js';
import { testLayerContract } from './layer.contract.js';

describe('GroupNormalization', () => {
  testLayerContract({
    make: (tf, name) => registerLayers(tf).groupNormalization({ name, groups: 3 }),
    className: 'GroupNormalization',
    config: { groups: 3, epsilon: 0.001 },
    input: [2, 3, 4, 6],
    output: [2, 3, 4, 6],
    weights: { gamma: [6], beta: [6] },
    bad: [
      [(tf) => registerLayers(tf).groupNormalization({ groups: 4 }), /groups is 4: expected a whole number that divides the 6 channels/],
      [(tf) => registerLayers(tf).groupNormalization({ groups: 3, epsilon: 0 }), /epsilon is 0/],
    ],
  });

  it('leaves every image and group with mean 0 and variance 1, whatever its scale', async () => {
    const { tf } = await loadTensorFlow();
    const layer = registerLayers(tf).groupNormalization({ groups: 2 });
    tf.tidy(() => {
      const scale = tf.tensor([1, 1, 40, 40], [1, 1, 1, 4]);
      const x = tf.add(tf.mul(tf.randomNormal([3, 5, 5, 4], 0, 1, 'float32', 9), scale), 7);
      const { mean, variance } = tf.moments((layer.apply(x) as tfTypes.Tensor).reshape([3, 25, 2, 2]), [1, 3]);
      mean.dataSync().forEach((value) => assert.ok(Math.abs(value) < 1e-4, `mean ${value}`));
      variance.dataSync().forEach((value) => assert.ok(Math.abs(value - 1) < 5e-3, `variance ${value}`));
    });
  });
});
