import assert from 'node:assert/strict';
import type * as tfTypes from '@tensorflow/tfjs-node';
import { asFloats } from '../../../ml/models/as-floats.js';
import { decodeLayersModel, encodeLayersModel } from '../../../ml/models/cnn-bytes.js';
import { loadNetwork } from '../../../ml/models/network-classifier.js';
import { createInitializers } from '../../../ml/networks/initializers.js';
import type { NetworkDefinition } from '../../../ml/networks/network-definition.js';
import { loadTensorFlow } from '../../../native/tensorflow-js.js';
import type { TensorFlow } from '../../../native/tensorflow-js.js';
import { toyDigits } from '../../support/digits.js';
import { nativePaths } from '../../support/native-paths.js';

/** Classes of layers that networks may hold, so that a compiler can follow. */
const LAYERS = new Set([
  'InputLayer', 'Conv2D', 'DepthwiseConv2D', 'BatchNormalization', 'LayerNormalization', 'GroupNormalization', 'Activation', 'ReLU', 'LeakyReLU',
  'MaxPooling2D', 'AveragePooling2D', 'GlobalAveragePooling2D', 'GlobalAveragePooling1D', 'Add', 'Flatten', 'Reshape', 'Dense', 'Dropout',
  'SqueezeExcite', 'ConvBlockAttention', 'MultiHeadSelfAttention', 'PositionEmbedding', 'SequencePooling',
]);

/** A network and what is known of it. */
export interface NetworkCase<Options extends object> {
  readonly network: NetworkDefinition<Options>;
  readonly options: Options;
  /** Numbers that training changes. */
  readonly trained: number;
  /** Numbers that only move along (batch normalisation's averages). */
  readonly moving: number;
  /** Where eight steps of Adam at 0.003 are not enough or take too long. */
  readonly learning?: { readonly options?: Options; readonly rate: number; readonly steps: number };
}

/** The network for 28 x 28 pixels. */
export function buildNetwork<Options extends object>(tf: TensorFlow, network: NetworkDefinition<Options>, options: Options, seed = 1): tfTypes.LayersModel {
  assert.deepEqual(network.problems(options, 28), []);
  return network.build(tf, 28, options, createInitializers(tf, seed));
}

/** What every network keeps. */
export function testNetworkContract<Options extends object>({ network, options, trained, moving, learning = { rate: 0.003, steps: 8 } }: NetworkCase<Options>): void {
  const SIDE = 28;
  let tf: TensorFlow;
  let model: tfTypes.LayersModel;
  const images = (rows: number): tfTypes.Tensor => tf.tensor(asFloats(toyDigits({ rows, seed: 3 }).x).data, [rows, SIDE, SIDE, 1]);
  const weightsOf = (given: tfTypes.LayersModel): number[][] => given.getWeights().map((weight) => [...weight.dataSync()]);

  before(async () => {
    ({ tf } = await loadTensorFlow());
    model = buildNetwork(tf, network, options);
  });
  after(() => { model.dispose(); });

  it(`has ${trained} trained and ${moving} moving numbers`, () => {
    const count = (weights: readonly tfTypes.LayerVariable[]): number => weights.reduce((sum, { shape }) => sum + shape.reduce<number>((product, side) => product * Number(side), 1), 0);
    assert.deepEqual([count(model.trainableWeights), count(model.nonTrainableWeights)], [trained, moving]);
  });

  it('gives ten probabilities an image, by a dense softmax called digits', () => {
    const last = model.layers.at(-1);
    assert.deepEqual([last?.name, last?.getClassName(), last?.getConfig()['activation']], ['digits', 'Dense', 'softmax']);
    tf.tidy(() => {
      const output = model.predict(images(3)) as tfTypes.Tensor2D;
      assert.deepEqual(output.shape, [3, 10]);
      output.sum(1).dataSync().forEach((sum) => assert.ok(Math.abs(sum - 1) < 1e-5));
    });
  });

  it('is made of layers that a compiler knows, each under a name of its own', () => {
    assert.deepEqual([...new Set(model.layers.map((layer) => layer.getClassName()))].filter((name) => !LAYERS.has(name)), []);
    const other = buildNetwork(tf, network, options);
    assert.deepEqual(other.layers.map(({ name }) => name), model.layers.map(({ name }) => name));
    assert.equal(new Set(model.layers.map(({ name }) => name)).size, model.layers.length);
    other.dispose();
  });

  it('starts from its seed alone', () => {
    const [same, other] = [buildNetwork(tf, network, options, 1), buildNetwork(tf, network, options, 2)];
    assert.deepEqual(weightsOf(same), weightsOf(model));
    assert.notDeepEqual(weightsOf(other), weightsOf(model));
    same.dispose();
    other.dispose();
  });

  it('gives the same after it was saved and loaded', async () => {
    const { model: loaded } = await decodeLayersModel(tf, encodeLayersModel(model, {}));
    tf.tidy(() => assert.deepEqual((loaded.predict(images(2)) as tfTypes.Tensor).arraySync(), (model.predict(images(2)) as tfTypes.Tensor).arraySync()));
    loaded.dispose();
  });

  it('is compiled to a graph that gives the same', async () => {
    const { x } = toyDigits({ rows: 3, seed: 3 });
    const compiled = await loadNetwork(network.name, encodeLayersModel(model, {}), nativePaths());
    assert.match(compiled.runtime ?? '', /graph$/);
    const answers = (await compiled.predictProba(x)).data;
    const eager = tf.tidy(() => (model.predict(images(3)) as tfTypes.Tensor).dataSync());
    eager.forEach((value, i) => assert.ok(Math.abs(value - (answers[i] ?? Number.NaN)) < 1e-4, `number ${i}: ${answers[i]}, expected ${value}`));
    compiled.dispose();
  });

  it('learns toy digits in a few steps', () => {
    // Dropout of TensorFlow.js draws anew in every run.
    const chosen = learning.options ?? options;
    const learner = buildNetwork(tf, network, 'dropout' in chosen ? { ...chosen, dropout: 0 } : chosen);
    const { x, labels } = toyDigits({ rows: 20, seed: 3 });
    const losses = tf.tidy(() => {
      const batch = tf.tensor(asFloats(x).data, [20, SIDE, SIDE, 1]);
      const targets = tf.oneHot(tf.tensor1d(labels, 'int32'), 10);
      const optimiser = tf.train.adam(learning.rate);
      return Array.from({ length: learning.steps }, () => {
        const loss = optimiser.minimize(() => {
          const output = learner.apply(batch, { training: true }) as tfTypes.Tensor;
          return tf.neg(tf.mean(tf.sum(tf.mul(targets, tf.log(tf.add(output, 1e-7))), 1))) as tfTypes.Scalar;
        }, true);
        return loss?.dataSync()[0] ?? Number.NaN;
      });
    });
    assert.ok((losses.at(-1) ?? Number.NaN) < 0.7 * (losses[0] ?? Number.NaN), `losses ${losses.join(', ')}`);
    learner.dispose();
  });
}

/** Options that cannot be used, and what must be said of each. */
export function testNetworkProblems<Options extends object>(network: NetworkDefinition<Options>, cases: readonly (readonly [Partial<Options>, RegExp])[]): void {
  for (const [changed, expected] of cases) {
    it(`refuses ${JSON.stringify(changed)}`, () => {
      const problems = network.problems({ ...network.defaults, ...changed }, 28);
      assert.ok(problems.some((problem) => expected.test(problem)), `problems: ${problems.join('; ')}`);
    });
  }
}
