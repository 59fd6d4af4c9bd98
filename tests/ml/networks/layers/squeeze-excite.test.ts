import assert from 'node:assert/strict';
import { registerLayers } from '../../../../ml/networks/layers/register-layers.js';
import { loadTensorFlow } from '../../../../native/tensorflow-js.js';
import { testLayerContract } from './layer.contract.js';

describe('SqueezeExcite', () => {
  testLayerContract({
    make: (tf, name) => registerLayers(tf).squeezeExcite({ name, ratio: 2, seed: 5 }),
    className: 'SqueezeExcite',
    config: { ratio: 2, seed: 5 },
    input: [2, 3, 4, 6],
    output: [2, 3, 4, 6],
    weights: { reduce_kernel: [6, 3], reduce_bias: [3], expand_kernel: [3, 6], expand_bias: [6] },
    bad: [
      [(tf) => registerLayers(tf).squeezeExcite({ name: 'se', ratio: 7 }), /SqueezeExcite se on \[2, 3, 4, 6\]: ratio is 7: expected a whole number from 1 to the 6 channels/],
      [(tf) => registerLayers(tf).squeezeExcite({ ratio: 1.5 }), /ratio is 1.5/],
    ],
  });

  it('multiplies each channel by its attention', async () => {
    const { tf } = await loadTensorFlow();
    const layer = registerLayers(tf).squeezeExcite({ ratio: 2, seed: 5 });
    tf.tidy(() => {
      const x = tf.randomNormal([2, 3, 4, 6], 0, 1, 'float32', 9);
      const output = layer.apply(x) as typeof x;
      const channels = layer.attentionMaps(x)['channels'];
      assert.deepEqual(channels?.shape, [2, 6]);
      assert.deepEqual(output.arraySync(), tf.mul(x, (channels as typeof x).reshape([2, 1, 1, 6])).arraySync());
      assert.ok((channels as typeof x).dataSync().every((share) => share > 0 && share < 1));
    });
  });
});
