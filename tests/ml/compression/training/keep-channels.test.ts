import assert from 'node:assert/strict';
import type * as tfTypes from '@tensorflow/tfjs-node';
import { chooseChannels, choosableLayers } from '../../../../ml/compression/training/channels/choose-channels.js';
import { keepChannels } from '../../../../ml/compression/training/channels/keep-channels.js';
import { readTopology } from '../../../../ml/graph/topology.js';
import { encodeLayersModel } from '../../../../ml/models/cnn-bytes.js';
import { encodeSavedNetwork } from '../../../../ml/models/encode-saved-network.js';
import { loadNetwork } from '../../../../ml/models/network-classifier.js';
import { readLayersModel } from '../../../../ml/models/read-layers-model.js';
import type { SavedNetwork } from '../../../../ml/models/read-layers-model.js';
import { createRandom } from '../../../../ml/random.js';
import { loadTensorFlow } from '../../../../native/tensorflow-js.js';
import type { TensorFlow } from '../../../../native/tensorflow-js.js';
import { InvalidConfigError, InvalidModelError } from '../../../../shared/errors.js';
import { toyDigits } from '../../../support/digits.js';
import { nativePaths } from '../../../support/native-paths.js';

type Layers = TensorFlow['layers'];
const { x } = toyDigits({ rows: 20, seed: 1 });

/** A saved network with random weights and moving averages. */
async function network(build: (layers: Layers, tf: TensorFlow) => tfTypes.LayersModel): Promise<SavedNetwork> {
  const { tf } = await loadTensorFlow();
  const model = build(tf.layers, tf);
  const saved = readLayersModel(encodeLayersModel(model, {}));
  model.dispose();
  const random = createRandom(5);
  return { ...saved, weights: saved.weights.map((weight) => ({ ...weight, data: weight.data.map(() => (weight.name.endsWith('variance') ? 0.5 + random.uniform() : 0.4 * random.normal())) })) };
}

const digits = (layers: Layers): tfTypes.layers.Layer => layers.dense({ name: 'digits', units: 10, activation: 'softmax' });
const plain = (): Promise<SavedNetwork> => network((layers, tf) => tf.sequential({ layers: [
  layers.conv2d({ name: 'one', inputShape: [28, 28, 1], filters: 6, kernelSize: 3, strides: 2, activation: 'relu' }),
  layers.maxPooling2d({ name: 'pool', poolSize: 2 }),
  layers.conv2d({ name: 'two', filters: 5, kernelSize: 3, useBias: false }),
  layers.batchNormalization({ name: 'norm' }),
  layers.reLU({ name: 'relu' }),
  layers.flatten({ name: 'flat' }),
  layers.dropout({ name: 'drop', rate: 0.5 }),
  layers.dense({ name: 'hidden', units: 7, activation: 'relu' }),
  digits(layers),
] }));
const depthwise = (): Promise<SavedNetwork> => network((layers, tf) => {
  const apply = (layer: tfTypes.layers.Layer, input: tfTypes.SymbolicTensor): tfTypes.SymbolicTensor => layer.apply(input) as tfTypes.SymbolicTensor;
  const input = tf.input({ shape: [28, 28, 1] });
  let maps = apply(layers.conv2d({ name: 'one', filters: 6, kernelSize: 3, strides: 2, useBias: false }), input);
  maps = apply(layers.leakyReLU({ name: 'leaky' }), apply(layers.batchNormalization({ name: 'norm' }), maps));
  maps = apply(layers.depthwiseConv2d({ name: 'deep', kernelSize: 3, depthMultiplier: 2 }), maps);
  maps = apply(layers.separableConv2d({ name: 'two', filters: 8, kernelSize: 3, activation: 'relu' }), maps);
  maps = apply(layers.conv2d({ name: 'point', filters: 9, kernelSize: 1, activation: 'relu' }), maps);
  return tf.model({ inputs: input, outputs: apply(digits(layers), apply(layers.globalAveragePooling2d({ name: 'mean' }), maps)) });
});

const answers = async (saved: SavedNetwork): Promise<Float32Array> => {
  const one = await loadNetwork('trial', encodeSavedNetwork(saved), nativePaths());
  const { data } = await one.predictProba(x);
  one.dispose();
  return data;
};

/** The network in which some channels of a layer give 0: weights, biases and what normalises them. A depthwise bias would let them speak again. */
function silenced(saved: SavedNetwork, layers: readonly string[], silent: readonly number[]): SavedNetwork {
  return { ...saved, weights: saved.weights.map((weight) => {
    const [layer = '', name = ''] = weight.name.split('/');
    const isFilter = layers.includes(layer) && ['kernel', 'pointwise_kernel', 'bias', 'gamma', 'beta'].includes(name);
    if (weight.name === 'deep/bias') return { ...weight, data: weight.data.map(() => 0) };
    const channels = weight.shape.at(-1) ?? 1;
    return isFilter ? { ...weight, data: weight.data.map((value, i) => (silent.includes(i % channels) ? 0 : value)) } : weight;
  }) };
}

const shapes = ({ weights }: SavedNetwork): Record<string, readonly number[]> => Object.fromEntries(weights.map(({ name, shape }) => [name, shape]));
const others = (count: number, silent: readonly number[]): number[] => Array.from({ length: count }, (_, i) => i).filter((i) => !silent.includes(i));

describe('a network with channels removed', function () {
  this.timeout(60_000);

  for (const [what, build, layers, silent, count] of [
    ['a convolution before a pool and another one', plain, ['one'], [1, 4], 6],
    ['a normalised convolution before a flattened dense layer', plain, ['two', 'norm'], [0, 3], 5],
    ['a dense layer', plain, ['hidden'], [2, 5, 6], 7],
    ['a convolution before a depthwise one of two filters a channel', depthwise, ['one', 'norm'], [0, 5], 6],
    ['a separable convolution', depthwise, ['two'], [7], 8],
    ['a convolution before the mean over places', depthwise, ['point'], [0, 1, 2, 8], 9],
  ] as const) {
    it(`answers as the one in which they are 0: ${what}`, async () => {
      const saved = silenced(await build(), layers, silent);
      const smaller = keepChannels(saved, new Map([[layers[0], others(count, silent)]]));
      const [before, after] = [await answers(saved), await answers(smaller)];
      after.forEach((value, i) => assert.ok(Math.abs(value - (before[i] ?? NaN)) < 1e-6, `${i}: ${value}, before ${before[i]}`));
      const numbers = ({ weights }: SavedNetwork): number => weights.reduce((sum, { data }) => sum + data.length, 0);
      assert.ok(numbers(smaller) < numbers(saved));
    });
  }

  it('has shapes and settings that fit, whichever layers are narrowed', async () => {
    const smaller = keepChannels(await depthwise(), new Map([['one', [1, 2, 5]], ['two', [0, 7]], ['point', [3, 4, 6, 8]]]));
    assert.deepEqual(shapes(smaller), {
      'one/kernel': [3, 3, 1, 3], 'norm/gamma': [3], 'norm/beta': [3], 'norm/moving_mean': [3], 'norm/moving_variance': [3],
      'deep/depthwise_kernel': [3, 3, 3, 2], 'deep/bias': [6], 'two/depthwise_kernel': [3, 3, 6, 1], 'two/pointwise_kernel': [1, 1, 6, 2], 'two/bias': [2],
      'point/kernel': [1, 1, 2, 4], 'point/bias': [4], 'digits/kernel': [4, 10], 'digits/bias': [10],
    });
    const { tf } = await loadTensorFlow();
    const { decodeLayersModel } = await import('../../../../ml/models/cnn-bytes.js');
    const { model } = await decodeLayersModel(tf, encodeSavedNetwork(smaller));
    const theirs = tf.tidy(() => (model.predict(tf.tensor(Float32Array.from(x.data, (value) => value / 255), [20, 28, 28, 1])) as tfTypes.Tensor).dataSync());
    (await answers(smaller)).forEach((value, i) => assert.ok(Math.abs(value - (theirs[i] ?? NaN)) < 1e-5));
    model.dispose();
  });

  it('loses the channels with the shortest filters, or the smallest scales', async () => {
    const saved = silenced(await plain(), ['two'], [1, 2]);
    const topology = readTopology(saved.topology);
    assert.deepEqual(chooseChannels(saved, topology, 'two', 0.6, 'filter'), [0, 3, 4]);
    assert.deepEqual(chooseChannels(silenced(await plain(), ['norm'], [0, 4]), topology, 'two', 0.6, 'gamma'), [1, 2, 3]);
    assert.equal(chooseChannels(saved, topology, 'two', 0.01, 'filter').length, 1);
    assert.deepEqual(choosableLayers(topology), ['one', 'two', 'hidden']);
  });

  it('is refused where channels cannot be followed, and where they are not there', async () => {
    const joined = await network((layers, tf) => {
      const apply = (layer: tfTypes.layers.Layer, input: tfTypes.SymbolicTensor | tfTypes.SymbolicTensor[]): tfTypes.SymbolicTensor => layer.apply(input) as tfTypes.SymbolicTensor;
      const input = tf.input({ shape: [28, 28, 1] });
      const one = apply(layers.conv2d({ name: 'one', filters: 3, kernelSize: 3, padding: 'same' }), input);
      const inner = apply(layers.conv2d({ name: 'inner', filters: 4, kernelSize: 3, padding: 'same' }), one);
      const two = apply(layers.conv2d({ name: 'two', filters: 3, kernelSize: 3, padding: 'same' }), inner);
      const mean = apply(layers.globalAveragePooling2d({ name: 'mean' }), apply(layers.add({ name: 'sum' }), [one, two]));
      return tf.model({ inputs: input, outputs: apply(digits(layers), mean) });
    });
    assert.deepEqual(choosableLayers(readTopology(joined.topology)), ['inner']);
    assert.deepEqual(shapes(keepChannels(joined, new Map([['inner', [0, 2]]])))['two/kernel'], [3, 3, 2, 3]);
    assert.throws(() => keepChannels(joined, new Map([['two', [0]]])), (error) => error instanceof InvalidModelError && /Add sum joins channels/.test(error.message));
    const saved = await plain();
    for (const [name, channels, words] of [['digits', [0], /digits cannot be removed: expected one of one, two, hidden/], ['pool', [0], /pool cannot/], ['two', [], /at least one/], ['two', [1, 5], /0 to 4/], ['two', [1, 1], /ascending/]] as const) {
      assert.throws(() => keepChannels(saved, new Map([[name, channels]])), (error) => error instanceof InvalidConfigError && words.test(error.message));
    }
  });
});
