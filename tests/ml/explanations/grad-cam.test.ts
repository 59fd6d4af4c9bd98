import assert from 'node:assert/strict';
import type * as tfTypes from '@tensorflow/tfjs-node';
import { gradCam } from '../../../ml/explanations/grad-cam.js';
import { lastMapLayer } from '../../../ml/explanations/last-map-layer.js';
import { saliency } from '../../../ml/explanations/saliency.js';
import { classScores } from '../../../ml/explanations/score-weights.js';
import { scoredNetwork } from '../../../ml/explanations/scored-network.js';
import { cnn } from '../../../ml/networks/cnn.js';
import { createInitializers } from '../../../ml/networks/initializers.js';
import { loadTensorFlow } from '../../../native/tensorflow-js.js';
import type { TensorFlow } from '../../../native/tensorflow-js.js';
import { InvalidModelError } from '../../../shared/errors.js';
import { toyDigits } from '../../support/digits.js';
import { seedWeights } from '../../support/seeded-weights.js';

const layerOf = <T>(found: T | undefined): T => found ?? assert.fail('the network has no map');

describe('gradCam', () => {
  let tf: TensorFlow;
  before(async () => { ({ tf } = await loadTensorFlow()); });

  it('is what a small network gives by hand', () => {
    // Two 1 x 1 kernels: the image and its double; then a dense layer, whose weights by place and channel are given for two classes.
    const model = tf.sequential({
      layers: [
        tf.layers.conv2d({ inputShape: [2, 2, 1], filters: 2, kernelSize: 1, useBias: false }),
        tf.layers.flatten(),
        tf.layers.dense({ units: 2, activation: 'softmax', useBias: false }),
      ],
    });
    const dense = [[1, 0], [0, -4], [3, 0], [0, 0], [0, 0], [0, 0], [0, 0], [2, 0]];
    model.setWeights([tf.tensor4d([1, 2], [1, 1, 1, 2]), tf.tensor2d(dense)]);
    const image = { rows: 2, columns: 4, data: Float32Array.of(1, 0.5, 0, 0.25, 1, 0.5, 0, 0.25) };
    const { data } = gradCam(tf, scoredNetwork(tf, model), layerOf(lastMapLayer(model)), image, classScores([0, 1], 2));
    // Class 0: mean gradients (1 + 3) / 4 = 1 and 2 / 4 = 0.5, so 1 * x + 0.5 * 2x = 2x. Class 1: 0 and -1, so -2x, cut off.
    assert.deepEqual([...data], [2, 1, 0, 0.5, 0, 0, 0, 0]);
    model.dispose();
  });

  it('is the class activation map where the maps are averaged, in a graph with branches', () => {
    const input = tf.input({ shape: [9, 9, 1] });
    const convolve = (name: string): ReturnType<typeof tf.layers.conv2d> => tf.layers.conv2d({ name, filters: 3, kernelSize: 3, padding: 'same', activation: 'relu' });
    const one = convolve('one').apply(input);
    const two = convolve('two').apply(one);
    const sum = tf.layers.add({ name: 'sum' }).apply([one, two] as (typeof input)[]);
    const answers = tf.layers.dense({ units: 4, activation: 'softmax' }).apply(tf.layers.globalAveragePooling2d({}).apply(sum));
    const model = tf.model({ inputs: input, outputs: answers as typeof input });
    seedWeights(tf, model, 2);
    const layer = layerOf(lastMapLayer(model));
    assert.equal(layer.name, 'sum');
    const images = { rows: 1, columns: 81, data: Float32Array.from({ length: 81 }, (_, i) => (i % 7) / 7) };
    const { data } = gradCam(tf, scoredNetwork(tf, model), layer, images, classScores([2], 4));
    const maps = tf.tidy(() => (tf.model({ inputs: input, outputs: sum as typeof input }).predict(tf.tensor4d(images.data, [1, 9, 9, 1])) as typeof tf.Tensor.prototype).dataSync());
    const kernel = model.getWeights().at(-2)?.dataSync() ?? [];
    data.forEach((value, i) => {
      const expected = Math.max(0, [0, 1, 2].reduce((total, k) => total + ((kernel[4 * k + 2] ?? NaN) * (maps[3 * i + k] ?? NaN)) / 81, 0));
      assert.ok(Math.abs(value - expected) < 1e-6, `place ${i}: ${value} for ${expected}`);
    });
    assert.ok(data.some((value) => value > 0));
    model.dispose();
  });

  it('takes the tokens that a map has become, as it takes the map', () => {
    const networkOf = (tail: readonly tfTypes.layers.Layer[]): tfTypes.LayersModel => {
      const model = tf.sequential({ layers: [tf.layers.conv2d({ inputShape: [8, 8, 1], filters: 3, kernelSize: 2, strides: 2, activation: 'relu' }), ...tail, tf.layers.dense({ units: 4, activation: 'softmax' })] });
      seedWeights(tf, model, 4);
      return model;
    };
    const asMap = networkOf([tf.layers.globalAveragePooling2d({})]);
    const asTokens = networkOf([tf.layers.reshape({ targetShape: [16, 3], name: 'tokens' }), tf.layers.globalAveragePooling1d({})]);
    const images = { rows: 2, columns: 64, data: Float32Array.from({ length: 128 }, (_, i) => (i % 11) / 11) };
    const [one, other] = [asMap, asTokens].map((each) => gradCam(tf, scoredNetwork(tf, each), layerOf(lastMapLayer(each)), images, classScores([1, 3], 4)));
    assert.equal(lastMapLayer(asTokens)?.name, 'tokens');
    one?.data.forEach((value, i) => assert.ok(Math.abs(value - (other?.data[i] ?? NaN)) < 1e-6));
    assert.ok(one?.data.some((value) => value > 0.001));
    for (const each of [asMap, asTokens]) each.dispose();
  });

  it('takes the last convolution of the CNN, leaves it as it was, and leaves no tensor behind', () => {
    const model = cnn.build(tf, 28, { ...cnn.defaults, filters: [[4], [8, 8]], hidden: 12 }, createInitializers(tf, 1));
    seedWeights(tf, model, 6);
    const network = scoredNetwork(tf, model);
    const layer = layerOf(lastMapLayer(model));
    assert.equal(layer.name, 'conv3');
    const { x } = toyDigits({ rows: 3, seed: 2 });
    const weights = classScores([0, 1, 2], 10);
    const before = [tf.memory().numTensors, saliency(tf, network, x, weights)];
    const once = gradCam(tf, network, layer, x, weights);
    assert.deepEqual(gradCam(tf, network, layer, x, weights), once);
    assert.deepEqual([tf.memory().numTensors, saliency(tf, network, x, weights)], before);
    model.dispose();
  });

  it('refuses maps that are not square, and there is no map in a dense network', () => {
    const oblong = tf.sequential({
      layers: [tf.layers.conv2d({ inputShape: [6, 6, 1], filters: 1, kernelSize: [1, 3] }), tf.layers.flatten(), tf.layers.dense({ units: 2, activation: 'softmax' })],
    });
    const image = { rows: 1, columns: 36, data: new Float32Array(36) };
    assert.throws(() => gradCam(tf, scoredNetwork(tf, oblong), layerOf(lastMapLayer(oblong)), image, classScores([0], 2)), (error) => error instanceof InvalidModelError && /\[, 6, 4, 1\]/.test(error.message));
    const dense = tf.sequential({ layers: [tf.layers.flatten({ inputShape: [6, 6, 1] }), tf.layers.dense({ units: 2, activation: 'softmax' })] });
    assert.equal(lastMapLayer(dense), undefined);
    for (const each of [oblong, dense]) each.dispose();
  });
});
