import assert from 'node:assert/strict';
import type * as tfTypes from '@tensorflow/tfjs-node';
import { registerLayers } from '../../../../ml/networks/layers/register-layers.js';
import { loadTensorFlow } from '../../../../native/tensorflow-js.js';
import { testLayerContract } from './layer.contract.js';

describe('PositionEmbedding', () => {
  testLayerContract({
    make: (tf, name) => registerLayers(tf).positionEmbedding({ name, stddev: 0.5, seed: 5 }),
    className: 'PositionEmbedding',
    config: { stddev: 0.5, seed: 5 },
    input: [2, 4, 3],
    output: [2, 4, 3],
    weights: { embedding: [4, 3] },
    bad: [[(tf) => registerLayers(tf).positionEmbedding({ stddev: -1 }), /stddev is -1: expected a number above 0/]],
  });

  it('adds the same vectors to every image', async () => {
    const { tf } = await loadTensorFlow();
    const layer = registerLayers(tf).positionEmbedding({ stddev: 0.5, seed: 5 });
    tf.tidy(() => {
      const output = (layer.apply(tf.zeros([2, 4, 3])) as tfTypes.Tensor3D).arraySync();
      assert.deepEqual(output[0], output[1]);
      assert.deepEqual(output[0], layer.getWeights()[0]?.arraySync());
    });
  });
});
