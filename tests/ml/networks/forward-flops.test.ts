import assert from 'node:assert/strict';
import type * as tfTypes from '@tensorflow/tfjs-node';
import { forwardFlops } from '../../../ml/networks/forward-flops.js';
import { registerLayers } from '../../../ml/networks/layers/register-layers.js';
import { loadTensorFlow } from '../../../native/tensorflow-js.js';
import type { TensorFlow } from '../../../native/tensorflow-js.js';

type Layer = tfTypes.layers.Layer;

/** Input shape, layers, products. */
const CASES: Readonly<Record<string, readonly [number[], (tf: TensorFlow) => Layer[], number]>> = {
  'a convolution': [[6, 5, 2], (tf) => [tf.layers.conv2d({ filters: 4, kernelSize: 3 })], 4 * 3 * 4 * 9 * 2],
  'a depthwise convolution': [[6, 6, 2], (tf) => [tf.layers.depthwiseConv2d({ kernelSize: 3, strides: 2, padding: 'same' })], 3 * 3 * 2 * 9],
  'dense layers, once a token': [[5, 3], (tf) => [tf.layers.dense({ units: 7 })], 5 * 3 * 7],
  'layers without products': [[6, 6, 2], (tf) => [tf.layers.batchNormalization(), tf.layers.maxPooling2d({ poolSize: 2 })], 0],
  'squeeze-excite': [[6, 6, 8], (tf) => [registerLayers(tf).squeezeExcite({ ratio: 4 })], 2 * 8 * 2],
  'CBAM, whose perceptron is used twice': [[6, 5, 8], (tf) => [registerLayers(tf).convBlockAttention({ ratio: 4, kernelSize: 3 })], 2 * 2 * 8 * 2 + 6 * 5 * 9 * 2],
  'self-attention': [[7, 4], (tf) => [registerLayers(tf).multiHeadSelfAttention({ heads: 2, keyDim: 3 })], 7 * (4 * 18 + 6 * 4) + 2 * 7 * 7 * 6],
};

describe('Operations of one image are counted, two a product, of', () => {
  for (const [name, [shape, make, expected]] of Object.entries(CASES)) {
    it(name, async () => {
      const { tf } = await loadTensorFlow();
      const inputs = tf.input({ shape });
      const outputs = make(tf).reduce((x, layer) => layer.apply(x) as tfTypes.SymbolicTensor, inputs);
      assert.equal(forwardFlops(tf.model({ inputs, outputs })), 2 * expected);
    });
  }
});
