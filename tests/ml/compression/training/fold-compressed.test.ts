import assert from 'node:assert/strict';
import { foldCompressed } from '../../../../ml/compression/training/fold-compressed.js';
import { foldNormalisation } from '../../../../ml/compression/training/fold-normalisation.js';
import type { CompressedKernel } from '../../../../ml/compression/compressed-weights.js';
import { readTopology } from '../../../../ml/graph/topology.js';
import { encodeSavedNetwork } from '../../../../ml/models/encode-saved-network.js';
import { loadNetwork } from '../../../../ml/models/network-classifier.js';
import { encodeLayersModel } from '../../../../ml/models/cnn-bytes.js';
import { readLayersModel } from '../../../../ml/models/read-layers-model.js';
import type { SavedNetwork } from '../../../../ml/models/read-layers-model.js';
import { createRandom } from '../../../../ml/random.js';
import { loadTensorFlow } from '../../../../native/tensorflow-js.js';
import { toyDigits } from '../../../support/digits.js';
import { nativePaths } from '../../../support/native-paths.js';

const { x } = toyDigits({ rows: 20, seed: 1 });
const STEP = 2 ** -6;

/** Normalisations after a convolution with a bias, a depthwise one, one with relu, a dense layer; scales above and below 0, one of them 0. */
async function network(): Promise<SavedNetwork> {
  const { tf } = await loadTensorFlow();
  const { layers } = tf;
  const model = tf.sequential({ layers: [
    layers.conv2d({ name: 'conv', inputShape: [28, 28, 1], filters: 4, kernelSize: 3, strides: 2 }), layers.batchNormalization({ name: 'one' }), layers.reLU({ name: 'relu' }),
    layers.depthwiseConv2d({ name: 'deep', kernelSize: 3, depthMultiplier: 2, useBias: false }), layers.batchNormalization({ name: 'two', scale: false }),
    layers.conv2d({ name: 'active', filters: 5, kernelSize: 3, activation: 'relu' }), layers.batchNormalization({ name: 'three' }),
    layers.flatten({ name: 'flat' }), layers.dense({ name: 'hidden', units: 6 }), layers.batchNormalization({ name: 'four', center: false, epsilon: 0.01 }),
    layers.dense({ name: 'digits', units: 10, activation: 'softmax' }),
  ] });
  const saved = readLayersModel(encodeLayersModel(model, {}));
  model.dispose();
  const random = createRandom(7);
  return { ...saved, weights: saved.weights.map((weight) => ({ ...weight, data: weight.data.map((_, i) => {
    if (weight.name.endsWith('variance')) return 0.5 + random.uniform();
    if (weight.name.endsWith('kernel')) return (random.integer(15) - 7) * STEP;
    return weight.name === 'one/gamma' && i === 2 ? 0 : random.normal();
  }) })) };
}

async function answers(saved: SavedNetwork): Promise<Float32Array> {
  const one = await loadNetwork('trial', encodeSavedNetwork(saved), nativePaths());
  const { data } = await one.predictProba(x);
  one.dispose();
  return data;
}

describe('a network whose normalisations are folded', function () {
  this.timeout(60_000);

  it('answers as before, with those left that follow an activation', async () => {
    const saved = await network();
    const { saved: folded, factors } = foldNormalisation(saved);
    assert.deepEqual([...factors.keys()], ['conv/kernel', 'deep/depthwise_kernel', 'hidden/kernel']);
    assert.deepEqual(readTopology(folded.topology).layers.map(({ name }) => name), ['conv_input', 'conv', 'relu', 'deep', 'active', 'three', 'flat', 'hidden', 'digits']);
    const [before, after] = [await answers(saved), await answers(folded)];
    after.forEach((value, i) => assert.ok(Math.abs(value - (before[i] ?? NaN)) < 1e-5, `${i}: ${value}, before ${before[i]}`));
    assert.ok(before.some((value) => value > 0.01 && value < 0.99), 'the answers are all but certain: nothing was compared');
  });

  it('keeps whole numbers of steps, whose scales are above 0', async () => {
    const saved = await network();
    const kernels = saved.weights.filter(({ name }) => name.endsWith('kernel')).map(({ name, shape, data }): CompressedKernel => {
      const channels = name.startsWith('deep') ? 8 : (shape.at(-1) ?? 1);
      return { name, shape, channels, sparsity: 0, codes: { bits: 4, values: Int8Array.from(data, (value) => value / STEP), scales: new Float32Array(channels).fill(STEP) } };
    });
    const { saved: folded, compressed } = foldCompressed(saved, { kernels, outputs: [] });
    const [before, after] = [await answers(saved), await answers(folded)];
    after.forEach((value, i) => assert.ok(Math.abs(value - (before[i] ?? NaN)) < 1e-5, `${i}: ${value}, before ${before[i]}`));
    for (const { name, codes } of compressed.kernels) {
      assert.ok(codes && codes.scales.every((scale) => scale > 0));
      const { data } = folded.weights.find((weight) => weight.name === name) ?? assert.fail(name);
      codes.values.forEach((code, i) => assert.equal(data[i] ?? NaN, Math.fround(code * (codes.scales[i % codes.scales.length] ?? NaN)) + 0));
    }
    assert.ok(compressed.kernels[0]?.codes?.values.every((code, i) => i % 4 !== 2 || code === 0), 'a scale of 0 silences its channel');
  });
});
