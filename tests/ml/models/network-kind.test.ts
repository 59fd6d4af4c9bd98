import assert from 'node:assert/strict';
import type * as tfTypes from '@tensorflow/tfjs-node';
import { rowsBetween } from '../../../ml/matrix.js';
import type { Classifier, FitContext } from '../../../ml/models/model.js';
import { networkKind } from '../../../ml/models/network-kind.js';
import type { NetworkDefinition } from '../../../ml/networks/network-definition.js';
import { CLASSES } from '../../../ml/models/model.js';
import { loadTensorFlow } from '../../../native/tensorflow-js.js';
import { InvalidDataError } from '../../../shared/errors.js';
import { toyDigits } from '../../support/digits.js';
import { nativePaths } from '../../support/native-paths.js';

/** A small network, with or without a layer that the compiler does not know. */
const network: NetworkDefinition<{ readonly strange: boolean; readonly dropout: number }> = {
  name: 'trial',
  defaults: { strange: false, dropout: 0 },
  problems: () => [],
  build(tf, side, { strange, dropout }, initializers) {
    const layers: tfTypes.layers.Layer[] = [
      tf.layers.conv2d({ name: 'conv', inputShape: [side, side, 1], filters: 4, kernelSize: 3, strides: 2, activation: 'relu', kernelInitializer: initializers.he() }),
      tf.layers.batchNormalization({ name: 'norm', momentum: 0.8 }),
      ...(strange ? [tf.layers.cropping2D({ name: 'crop', cropping: 1 })] : []),
      tf.layers.flatten({ name: 'flatten' }),
      tf.layers.dropout({ name: 'dropout', rate: dropout }),
      tf.layers.dense({ name: 'digits', units: CLASSES, activation: 'softmax', kernelInitializer: initializers.glorot() }),
    ];
    return tf.sequential({ name: 'trial', layers });
  },
};
const kind = networkKind(network, { epochs: 6, batchSize: 20, maxShift: 0, learningRate: 0.01, warmUp: 0.1 });
const digits = toyDigits({ rows: 300, seed: 2 });
const train = { x: rowsBetween(digits.x, 0, 200), labels: digits.labels.subarray(0, 200) };
const validation = { x: rowsBetween(digits.x, 200, 300), labels: digits.labels.subarray(200) };
const CONTEXT: FitContext = { seed: 1, native: nativePaths(), signal: new AbortController().signal, progress: () => undefined };

describe('a network', function () {
  this.timeout(60_000);
  const opened: Classifier[] = [];
  const fit = async (over: Partial<typeof kind.defaults> = {}, context: Partial<FitContext> = {}): Promise<Classifier> => {
    const fitted = await kind.fit(train, validation, { ...kind.defaults, ...over }, { ...CONTEXT, ...context });
    opened.push(fitted);
    return fitted;
  };
  const proba = async (one: Classifier): Promise<Float32Array> => (await one.predictProba(validation.x)).data;
  const bestAccuracy = ({ details }: Classifier): number => Math.max(...(details['curves'] as { validationAccuracy: { value: number }[] }).validationAccuracy.map(({ value }) => value));
  after(() => opened.forEach((one) => one.dispose()));

  it('is trained as a graph, and says so', async () => {
    const fitted = await fit();
    assert.match(String(fitted.details['engine']), /^TensorFlow 2\.\d+\.\d+ graph$/);
    assert.equal(fitted.details['notCompiled'], undefined);
    assert.match(fitted.runtime, /graph/);
    assert.ok(bestAccuracy(fitted) > 0.65, String(bestAccuracy(fitted)));
  });

  it('is trained and answers eagerly where a layer is not compiled, and names the layer', async () => {
    const fitted = await fit({ strange: true });
    assert.match(String(fitted.details['engine']), /tfjs-node .*eager$/);
    assert.match(String(fitted.details['notCompiled']), /Cropping2D crop/);
    assert.match(fitted.runtime, /eager/);
    assert.ok(bestAccuracy(fitted) > 0.65, String(bestAccuracy(fitted)));
    const back = await kind.load(await fitted.save(), nativePaths());
    opened.push(back);
    assert.deepEqual(await proba(back), await proba(fitted));
  });

  it('begins with the weights of a saved model, and says which', async () => {
    const source = await fit();
    const still = { epochs: 1, learningRate: 1e-9 };
    const taken = await fit(still, { seed: 7, initialWeights: await source.save() });
    const [own, its, without] = [await proba(source), await proba(taken), await proba(await fit(still, { seed: 7 }))];
    const farthest = (a: Float32Array, b: Float32Array): number => Math.max(...a.map((value, i) => Math.abs(value - (b[i] ?? NaN))));
    // One epoch moves the averages of the batch normalisation.
    assert.ok(farthest(own, its) < 0.1 && farthest(own, without) > 0.4, `${farthest(own, its)}, ${farthest(own, without)}`);
    assert.deepEqual(taken.details['initialWeights'], { taken: 3, left: [], unused: [] });
    await assert.rejects(fit(still, { initialWeights: Uint8Array.of(1, 2, 3) }), InvalidDataError);
  });

  it('learns the same by either engine, batch normalisation and all', async () => {
    const [graph, eager] = [await proba(await fit({ epochs: 2 })), await proba(await fit({ epochs: 2, engine: 'eager' }))];
    const largest = Math.max(...graph.map((value, i) => Math.abs(value - (eager[i] ?? Number.NaN))));
    assert.ok(largest < 0.02, `largest difference ${largest}`);
  });

  it('drops with other masks in every step, the same for the same seed', async () => {
    const [once, again, other] = [await fit({ dropout: 0.5 }), await fit({ dropout: 0.5 }), await fit({ dropout: 0.5 }, { seed: 2 })];
    assert.deepEqual(await proba(once), await proba(again));
    assert.notDeepEqual(await proba(once), await proba(other));
    assert.notDeepEqual(await proba(once), await proba(await fit({ dropout: 0 })));
  });

  for (const over of [
    { optimiser: 'sgd', learningRate: 0.05 }, { averaging: 'ema', averageDecay: 0.9 }, { averaging: 'swa', averageFrom: 0.5 }, { clipNorm: 0.5 },
    { precision: 'bfloat16' }, { mixup: 0.2 }, { labelSmoothing: 0.1, schedule: 'cosine' },
  ] as const) {
    it(`learns with ${JSON.stringify(over)}`, async () => {
      const fitted = await fit({ epochs: 8, ...over });
      assert.ok(bestAccuracy(fitted) > 0.65, String(bestAccuracy(fitted)));
      assert.notDeepEqual(await proba(fitted), await proba(await fit({ epochs: 8 })));
    });
  }

  it('resumes to the same weights with everything that has a memory', async () => {
    const over = { epochs: 3, averaging: 'ema', averageDecay: 0.9, dropout: 0.3, mixup: 0.2, optimiser: 'sgd', clipNorm: 1 } as const;
    const checkpoints: Uint8Array[] = [];
    const expected = Buffer.from(await (await fit({ ...over, segmentSteps: 7 }, { saveCheckpoint: async (bytes) => void checkpoints.push(bytes) })).save());
    assert.equal(checkpoints.length, 4);
    for (const checkpoint of checkpoints) assert.deepEqual(Buffer.from(await (await fit(over, { checkpoint })).save()), expected);
  });

  it('averages its answers over shifted images where it was told to', async () => {
    const [plain, averaged] = [await fit({ epochs: 2 }), await fit({ epochs: 2, testTimeAugmentation: 5 })];
    assert.equal(averaged.details['testTimeAugmentation'], 5);
    const [one, five] = [await proba(plain), await proba(averaged)];
    assert.notDeepEqual(one, five);
    const back = await kind.load(await averaged.save(), nativePaths());
    opened.push(back);
    assert.deepEqual(await proba(back), five);
  });

  it('takes weights from the model that TensorFlow.js reads of its bytes', async () => {
    const { tf } = await loadTensorFlow();
    const { decodeLayersModel } = await import('../../../ml/models/cnn-bytes.js');
    const fitted = await fit();
    const { model } = await decodeLayersModel(tf, await fitted.save());
    const theirs = tf.tidy(() => (model.predict(tf.tensor(Float32Array.from(validation.x.data, (value) => value / 255), [100, 28, 28, 1])) as tfTypes.Tensor).dataSync());
    (await proba(fitted)).forEach((value, i) => assert.ok(Math.abs(value - (theirs[i] ?? Number.NaN)) < 1e-5));
    model.dispose();
  });
});
