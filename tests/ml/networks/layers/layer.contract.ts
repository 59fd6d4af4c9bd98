import assert from 'node:assert/strict';
import type * as tfTypes from '@tensorflow/tfjs-node';
import { decodeLayersModel, encodeLayersModel } from '../../../../ml/models/cnn-bytes.js';
import { loadTensorFlow } from '../../../../native/tensorflow-js.js';
import type { TensorFlow } from '../../../../native/tensorflow-js.js';
import { InvalidConfigError } from '../../../../shared/errors.js';
import { assertGradients } from './assert-gradients.js';

type Layer = tfTypes.layers.Layer;

/** One layer and what is known of it. */
export interface LayerCase {
  /** The layer under test; another name, the same settings: the same weights. */
  make(tf: TensorFlow, name: string): Layer;
  readonly className: string;
  /** As `toJSON` writes it, without name, dtype and trainable. */
  readonly config: Readonly<Record<string, number>>;
  readonly input: readonly number[];
  readonly output: readonly number[];
  /** Weight names and shapes, in order. */
  readonly weights: Readonly<Record<string, readonly number[]>>;
  /** Settings that cannot be used, and what the error must say. */
  readonly bad: readonly (readonly [(tf: TensorFlow) => Layer, RegExp])[];
}

/** What every layer keeps. */
export function testLayerContract({ make, className, config, input, output, weights, bad }: LayerCase): void {
  let tf: TensorFlow;
  before(async () => { ({ tf } = await loadTensorFlow()); });

  const numbers = (seed: number): tfTypes.Tensor => tf.randomNormal([...input], 0, 1, 'float32', seed);
  const apply = (layer: Layer, x: tfTypes.Tensor): tfTypes.Tensor => layer.apply(x) as tfTypes.Tensor;
  /** The layer, used once and with weights away from zero and one. */
  function awake(name: string): Layer {
    const layer = make(tf, name);
    tf.tidy(() => {
      apply(layer, numbers(1));
      layer.setWeights(layer.getWeights().map((weight, i) => tf.add(weight, tf.randomNormal(weight.shape, 0, 0.3, 'float32', 100 + i))));
    });
    return layer;
  }

  it('has the weights that its page names', () => {
    const layer = awake('named');
    const found = layer.weights.map((weight) => [weight.originalName, weight.shape]);
    assert.deepEqual(found, Object.entries(weights).map(([name, shape]) => [`named/${name}`, shape]));
  });

  it('gives the shape that it computes for any number of rows', () => {
    const layer = awake('shaped');
    const symbol = layer.apply(tf.input({ shape: input.slice(1) as number[] })) as tfTypes.SymbolicTensor;
    assert.deepEqual(symbol.shape, [null, ...output.slice(1)]);
    tf.tidy(() => assert.deepEqual(apply(layer, numbers(2)).shape, output));
  });

  it('has the gradients of finite differences, by its input and by every weight', () => {
    const layer = awake('steep');
    const x = tf.variable(numbers(3));
    assertGradients(tf, () => apply(layer, x), [x, ...layer.trainableWeights.map((weight) => weight.read() as tfTypes.Variable)]);
    x.dispose();
  });

  it('starts from its settings alone', () => {
    const [one, other] = [make(tf, 'first'), make(tf, 'second')];
    tf.tidy(() => assert.deepEqual(apply(one, numbers(4)).arraySync(), apply(other, numbers(4)).arraySync()));
  });

  it('gives the same when a model is saved and loaded', async () => {
    const layer = awake('kept');
    const inputs = tf.input({ shape: input.slice(1) as number[] });
    const model = tf.model({ inputs, outputs: layer.apply(inputs) as tfTypes.SymbolicTensor });
    const topology = model.toJSON(null, false) as unknown as { config: { layers: { class_name: string; config: Record<string, unknown> }[] } };
    const written = topology.config.layers[1];
    assert.equal(written?.class_name, className);
    assert.deepEqual(written?.config, { ...config, name: 'kept', trainable: true });
    const { model: loaded } = await decodeLayersModel(tf, encodeLayersModel(model, {}));
    tf.tidy(() => assert.deepEqual((loaded.predict(numbers(5)) as tfTypes.Tensor).arraySync(), (model.predict(numbers(5)) as tfTypes.Tensor).arraySync()));
    loaded.dispose();
  });

  bad.forEach(([broken, message]) => {
    it(`refuses what does not fit: ${message.source}`, () => {
      assert.throws(() => tf.tidy(() => apply(broken(tf), numbers(6))), (error) => error instanceof InvalidConfigError && message.test(error.message));
    });
  });
}
