import assert from 'node:assert/strict';
import type * as tfTypes from '@tensorflow/tfjs-node';
import { registerLayers } from '../../../../ml/networks/layers/register-layers.js';
import { loadTensorFlow } from '../../../../native/tensorflow-js.js';
import { testLayerContract } from './layer.contract.js';

describe('SequencePooling', () => {
  testLayerContract({
    make: (tf, name) => registerLayers(tf).sequencePooling({ name }),
    className: 'SequencePooling',
    config: {},
    input: [2, 4, 3],
    output: [2, 3],
    weights: { kernel: [3, 1] },
    bad: [[(tf) => {
      const [flat, layer] = [tf.zeros([2, 12]), registerLayers(tf).sequencePooling({ name: 'pool' })];
      layer.apply(flat);
      return layer;
    }, /SequencePooling pool on \[2, 12\]: expected an input \[n, tokens, width\]/]],
  });

  it('begins as the mean of the tokens and follows its shares', async () => {
    const { tf } = await loadTensorFlow();
    const layer = registerLayers(tf).sequencePooling({});
    tf.tidy(() => {
      const x = tf.randomNormal([2, 4, 3], 0, 1, 'float32', 9);
      const near = (a: tfTypes.Tensor, b: tfTypes.Tensor): void => assert.ok(tf.max(tf.abs(tf.sub(a, b))).dataSync()[0] as number < 1e-6);
      near(layer.apply(x) as tfTypes.Tensor, tf.mean(x, 1));
      layer.setWeights([tf.tensor([1, -2, 3], [3, 1])]);
      const shares = layer.attentionMaps(x)['tokens'] as tfTypes.Tensor;
      near(tf.sum(shares, 1), tf.ones([2]));
      near(layer.apply(x) as tfTypes.Tensor, tf.sum(tf.mul(x, shares.expandDims(2)), 1));
      assert.ok((tf.max(shares).dataSync()[0] as number) > 0.5);
    });
  });
});
