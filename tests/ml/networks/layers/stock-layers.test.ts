import type * as tfTypes from '@tensorflow/tfjs-node';
import { loadTensorFlow } from '../../../../native/tensorflow-js.js';
import type { TensorFlow } from '../../../../native/tensorflow-js.js';
import { assertGradients } from './assert-gradients.js';

const LAYERS: Readonly<Record<string, (tf: TensorFlow) => tfTypes.layers.Layer>> = {
  'layer normalisation': (tf) => tf.layers.layerNormalization({ epsilon: 1e-3 }),
  gelu: (tf) => tf.layers.activation({ activation: 'gelu' }),
  swish: (tf) => tf.layers.activation({ activation: 'swish' }),
};

describe('Layers of tf.layers that networks rely on have the gradients of finite differences:', () => {
  for (const [name, make] of Object.entries(LAYERS)) {
    it(name, async () => {
      const { tf } = await loadTensorFlow();
      const layer = make(tf);
      const x = tf.variable(tf.randomNormal([2, 4, 5], 0, 1, 'float32', 3));
      const output = (): tfTypes.Tensor => layer.apply(x) as tfTypes.Tensor;
      output();
      assertGradients(tf, output, [x, ...layer.trainableWeights.map((weight) => weight.read() as tfTypes.Variable)]);
      x.dispose();
    });
  }
});
