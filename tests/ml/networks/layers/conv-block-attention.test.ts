import assert from 'node:assert/strict';
import type * as tfTypes from '@tensorflow/tfjs-node';
import { registerLayers } from '../../../../ml/networks/layers/register-layers.js';
import { loadTensorFlow } from '../../../../native/tensorflow-js.js';
import { testLayerContract } from './layer.contract.js';

describe('ConvBlockAttention', () => {
  testLayerContract({
    make: (tf, name) => registerLayers(tf).convBlockAttention({ name, ratio: 2, kernelSize: 3, seed: 5 }),
    className: 'ConvBlockAttention',
    config: { ratio: 2, kernel_size: 3, seed: 5 },
    input: [2, 5, 4, 6],
    output: [2, 5, 4, 6],
    weights: { reduce_kernel: [6, 3], reduce_bias: [3], expand_kernel: [3, 6], expand_bias: [6], spatial_kernel: [3, 3, 2, 1] },
    bad: [
      [(tf) => registerLayers(tf).convBlockAttention({ ratio: 0 }), /ratio is 0/],
      [(tf) => registerLayers(tf).convBlockAttention({ ratio: 2, kernelSize: 4 }), /kernelSize is 4: expected an odd whole number/],
    ],
  });

  it('multiplies by the attention of channels, then of places', async () => {
    const { tf } = await loadTensorFlow();
    const layer = registerLayers(tf).convBlockAttention({ ratio: 2, seed: 5 });
    tf.tidy(() => {
      const x = tf.randomNormal([2, 5, 4, 6], 0, 1, 'float32', 9);
      const output = layer.apply(x) as tfTypes.Tensor;
      const { channels, places } = layer.attentionMaps(x) as Record<string, tfTypes.Tensor>;
      assert.deepEqual([channels?.shape, places?.shape], [[2, 6], [2, 5, 4]]);
      const both = tf.mul(tf.mul(x, (channels as tfTypes.Tensor).reshape([2, 1, 1, 6])), (places as tfTypes.Tensor).reshape([2, 5, 4, 1]));
      assert.deepEqual(output.arraySync(), both.arraySync());
    });
  });

  it('finds the places in the maps whose channels are weighed: their mean first, then their maximum', async () => {
    const { tf } = await loadTensorFlow();
    const layer = registerLayers(tf).convBlockAttention({ ratio: 2, kernelSize: 1, seed: 5 });
    tf.tidy(() => {
      const x = tf.randomNormal([2, 5, 4, 6], 0, 1, 'float32', 9);
      layer.apply(x);
      layer.setWeights([...layer.getWeights().slice(0, 4), tf.tensor([1, -2], [1, 1, 2, 1])]);
      const { channels, places } = layer.attentionMaps(x) as Record<'channels' | 'places', tfTypes.Tensor>;
      const weighed = tf.mul(x, channels.reshape([2, 1, 1, 6]));
      const expected = tf.sigmoid(tf.sub(tf.mean(weighed, 3), tf.mul(tf.max(weighed, 3), 2)));
      assert.ok((tf.max(tf.abs(tf.sub(places, expected))).dataSync()[0] as number) < 1e-6);
    });
  });

  it('looks where the input is: places far from all ink are weighed alike', async () => {
    const { tf } = await loadTensorFlow();
    const layer = registerLayers(tf).convBlockAttention({ ratio: 1, kernelSize: 3, seed: 5 });
    tf.tidy(() => {
      const x = tf.buffer([1, 9, 9, 2]);
      x.set(3, 0, 4, 4, 0);
      layer.apply(x.toTensor());
      const map = (layer.attentionMaps(x.toTensor())['places'] as tfTypes.Tensor3D).arraySync()[0] ?? [];
      assert.equal(map[0]?.[0], 0.5);
      assert.notEqual(map[4]?.[4], 0.5);
    });
  });
});
