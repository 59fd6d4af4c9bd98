import assert from 'node:assert/strict';
import { unzipSync } from 'fflate';
import { asFloats } from '../../../ml/models/as-floats.js';
import { evaluateNetwork } from '../../../ml/export/network/evaluate-network.js';
import { lowerSavedNetwork } from '../../../ml/export/network/lower-saved-network.js';
import { model } from '../../../ml/models/cnn.js';
import type { Classifier, FitContext } from '../../../ml/models/model.js';
import { readLayersModel } from '../../../ml/models/read-layers-model.js';
import { rowsBetween } from '../../../ml/matrix.js';
import { loadTensorFlow } from '../../../native/tensorflow-js.js';
import { InvalidConfigError, InvalidDataError, InvalidModelError } from '../../../shared/errors.js';
import { mnistSubset, toyDigits } from '../../support/digits.js';
import { nativePaths } from '../../support/native-paths.js';
import { testClassifierContract } from './classifier.contract.js';

const TINY = { epochs: 8, batchSize: 20, filters: [[4], [8, 8]], hidden: 24, learningRate: 0.015, dropout: 0, maxShift: 0 };
const CONTEXT: FitContext = { seed: 1, native: nativePaths(), signal: new AbortController().signal, progress: () => undefined };

testClassifierContract(model, { options: TINY, native: nativePaths() });

describe('cnn', function () {
  this.timeout(60_000);
  const digits = toyDigits({ rows: 80, seed: 2 });
  const train = { x: rowsBetween(digits.x, 0, 60), labels: digits.labels.subarray(0, 60) };
  const validation = { x: rowsBetween(digits.x, 60, 80), labels: digits.labels.subarray(60) };
  const options = { ...model.defaults, ...TINY, epochs: 2 };
  let fitted: Classifier;
  before(async () => { fitted = await model.fit(train, validation, options, CONTEXT); });
  after(() => fitted.dispose());

  it('cuts its training into segments and resumes from any of their checkpoints to the same bytes', async () => {
    const expected = Buffer.from(await fitted.save());
    const checkpoints: Uint8Array[] = [];
    const saveCheckpoint = async (bytes: Uint8Array): Promise<void> => void checkpoints.push(bytes);
    await model.fit(train, validation, { ...options, segmentSteps: 1 }, { ...CONTEXT, saveCheckpoint });
    assert.equal(checkpoints.length, 5);
    for (const checkpoint of checkpoints) {
      const resumed = await model.fit(train, validation, options, { ...CONTEXT, checkpoint });
      assert.deepEqual(Buffer.from(await resumed.save()), expected);
      resumed.dispose();
    }
  });

  it('cuts epochs into fractions', async () => {
    let saved = 0;
    const saveCheckpoint = async (): Promise<void> => { saved += 1; };
    (await model.fit(train, validation, { ...options, segmentEpochs: 1 / 3 }, { ...CONTEXT, saveCheckpoint })).dispose();
    assert.equal(saved, 5);
  });

  it('leaves no tensor behind when it is disposed of', async () => {
    const { tf } = await loadTensorFlow();
    const before = tf.memory().numTensors;
    const one = await model.fit(train, validation, options, CONTEXT);
    await one.predictProba(validation.x);
    const back = await model.load(await one.save(), nativePaths());
    one.dispose();
    back.dispose();
    assert.equal(tf.memory().numTensors, before);
  });

  it('gives the same probabilities from floats in [0, 1] as from pixels', async () => {
    const fromPixels = await fitted.predictProba(validation.x);
    assert.deepEqual(await fitted.predictProba(asFloats(validation.x)), fromPixels);
  });

  it('tells its curves and its best epoch', () => {
    const { epochs, bestEpoch, trainingImages, curves } = fitted.details as { epochs: number; bestEpoch: number; trainingImages: number; curves: Record<string, unknown[]> };
    assert.equal(epochs, 2);
    assert.equal(trainingImages, 2 * 60);
    assert.ok(bestEpoch === 1 || bestEpoch === 2);
    assert.deepEqual(Object.entries(curves).map(([name, points]) => [name, points.length]), [
      ['trainingLoss', 2], ['validationLoss', 2], ['validationAccuracy', 2], ['learningRate', 2],
    ]);
  });

  it('keeps its details through bytes', async () => {
    const back = await model.load(await fitted.save(), nativePaths());
    assert.deepEqual(back.details, fitted.details);
    back.dispose();
  });

  it('refuses options that cannot be used, all at once', async () => {
    const wrong = { ...options, epochs: 0, dropout: 1, filters: [[]] };
    await assert.rejects(model.fit(train, validation, wrong, CONTEXT), (error) => {
      assert.ok(error instanceof InvalidConfigError);
      for (const name of ['epochs', 'dropout', 'filters']) assert.match(error.message, new RegExp(`\\b${name} is`));
      return true;
    });
    await assert.rejects(model.fit(train, validation, { ...options, filters: [[4], [4], [4], [4]] }, CONTEXT), InvalidConfigError);
  });

  it('refuses rows that are no square images', async () => {
    const oblong = { x: { rows: 10, columns: 78, data: new Uint8Array(780) }, labels: new Uint8Array(10) };
    await assert.rejects(model.fit(oblong, { x: { ...oblong.x, rows: 0, data: new Uint8Array(0) }, labels: new Uint8Array(0) }, options, CONTEXT), InvalidDataError);
  });

  it('learns real digits', async () => {
    const real = mnistSubset({ split: 'train', from: 0, to: 1500 });
    const held = mnistSubset({ split: 'train', from: 1500, to: 2000 });
    const learnt = await model.fit(real, held, { ...model.defaults, epochs: 4, batchSize: 50, filters: [[8], [16]], hidden: 32, learningRate: 0.006, maxShift: 0 }, CONTEXT);
    const { validationAccuracy } = learnt.details['curves'] as { validationAccuracy: { value: number }[] };
    assert.ok((validationAccuracy.at(-1)?.value ?? 0) > 0.9, JSON.stringify(validationAccuracy));
    learnt.dispose();
  });

  describe('as bytes', () => {
    it('is a zip that TensorFlow.js can read once it is unpacked', async () => {
      const { tf } = await loadTensorFlow();
      const files = unzipSync(await fitted.save());
      assert.deepEqual(Object.keys(files), ['model.json', 'weights.bin']);
      const json = JSON.parse(new TextDecoder().decode(files['model.json'])) as Parameters<typeof tf.io.fromMemory>[0] & {
        weightsManifest: { weights: [] }[]; modelTopology: object;
      };
      const loaded = await tf.loadLayersModel(tf.io.fromMemory({
        modelTopology: json.modelTopology, weightSpecs: json.weightsManifest[0]?.weights, weightData: files['weights.bin']?.slice().buffer,
      }));
      const expected = (await fitted.predictProba(validation.x)).data;
      const theirs = tf.tidy(() => {
        const images = tf.tensor4d(asFloats(validation.x).data, [20, 28, 28, 1]);
        return (loaded.predict(images) as ReturnType<typeof tf.tensor>).dataSync();
      });
      loaded.dispose();
      theirs.forEach((value, i) => assert.ok(Math.abs(value - (expected[i] ?? Number.NaN)) < 1e-5, `${value} is not ${expected[i]}`));
    });

    it('can be read without TensorFlow, number by number', async () => {
      const network = lowerSavedNetwork(readLayersModel(await fitted.save()));
      const expected = (await fitted.predictProba(validation.x)).data;
      for (let row = 0; row < 5; row++) {
        const proba = evaluateNetwork(network, asFloats(rowsBetween(validation.x, row, row + 1)).data);
        proba.forEach((value, i) => assert.ok(Math.abs(value - (expected[row * 10 + i] ?? Number.NaN)) < 1e-5, `row ${row}: ${value}`));
      }
    });

    it('is refused by the reader without TensorFlow when its weights are cut', async () => {
      const files = unzipSync(await fitted.save());
      const { encodeNpz } = await import('../../../ml/data/npz.js');
      const cut = encodeNpz({ 'model.json': files['model.json'] ?? new Uint8Array(0), 'weights.bin': files['weights.bin']?.subarray(4) ?? new Uint8Array(0) });
      assert.throws(() => readLayersModel(cut), InvalidModelError);
    });
  });
});
