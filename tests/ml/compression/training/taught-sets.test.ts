import assert from 'node:assert/strict';
import { compressNetwork } from '../../../../ml/compression/training/compress-network.js';
import { taughtSets } from '../../../../ml/compression/training/taught-sets.js';
import type { Matrix } from '../../../../ml/matrix.js';
import { encodeLayersModel } from '../../../../ml/models/cnn-bytes.js';
import { model } from '../../../../ml/models/tiny-cnn.js';
import { loadTensorFlow } from '../../../../native/tensorflow-js.js';
import { InvalidDataError } from '../../../../shared/errors.js';
import { nativePaths } from '../../../support/native-paths.js';
import { compressible, CONTEXT, correct, data } from './compressible.js';
import type { Compressible } from './compressible.js';

describe('training by a teacher', function () {
  this.timeout(120_000);
  let network: Compressible;
  let probabilities: Matrix<Float32Array>;
  before(async () => {
    network = await compressible();
    const one = await model.load(network.trained, nativePaths());
    probabilities = await one.predictProba(data.train.x);
    one.dispose();
  });

  it('learns from a network, or from the probabilities of any model', async () => {
    const plan = { quantize: { weights: 'ternary' }, epochs: 2 } as const;
    const results = [
      await network.compress(plan), await network.compress({ ...plan, distil: { teacher: network.trained, temperature: 3, share: 0.9 } }),
      await network.compress({ ...plan, distil: { teacher: probabilities } }), await network.compress({ ...plan, distil: { teacher: probabilities, temperature: 3 } }),
    ];
    assert.equal(new Set(results.map(({ bytes }) => Buffer.from(bytes).toString('base64'))).size, 4);
    for (const { bytes } of results) assert.ok(await correct(bytes) > 0.4);
    await assert.rejects(network.compress({ ...plan, distil: { teacher: { ...probabilities, rows: 299 } } }), (error) => error instanceof InvalidDataError && /\[299, 10\]: expected \[300, 10\]/.test(error.message));
  });

  it('believes the teacher instead of the labels as far as the share says', async () => {
    // A network that calls each digit by the next one's name.
    const shifted = { train: { ...data.train, labels: data.train.labels.map((label) => (label + 1) % 10) }, validation: { ...data.validation, labels: data.validation.labels.map((label) => (label + 1) % 10) } };
    const recipe = { batchSize: 20, learningRate: 0.01, maxShift: 0 };
    const wrong = await model.fit(shifted.train, shifted.validation, { ...model.defaults, ...recipe, epochs: 10, activation: 'leaky-relu', stages: [{ kind: 'conv', filters: 6 }, { kind: 'pool' }, { kind: 'conv', filters: 8 }, { kind: 'pool' }, { kind: 'conv', filters: 8 }] }, CONTEXT);
    const [teacher, answers] = [await wrong.save(), await wrong.predictProba(data.train.x)];
    wrong.dispose();
    for (const given of [teacher, answers]) {
      const plan = { channels: { keep: 0.75 }, quantize: { weights: 8 }, epochs: 6, recipe } as const;
      // The epoch is chosen by the names that the teacher uses, or the best would be that in which it was heard least.
      const believed = await compressNetwork(network.trained, { train: data.train, validation: shifted.validation }, { ...plan, distil: { teacher: given, share: 1 } }, CONTEXT);
      const doubted = await network.compress({ ...plan, distil: { teacher: given, share: 0.05 } });
      assert.ok(await correct(believed.bytes, shifted.validation) > 0.6, `as the teacher on ${await correct(believed.bytes, shifted.validation)}`);
      assert.ok(await correct(doubted.bytes) > 0.6, `as the labels on ${await correct(doubted.bytes)}`);
    }
  });

  it('softens probabilities by the temperature\'s root, and hands the share on', () => {
    const two = { rows: 2, columns: 784, data: new Uint8Array(1568) };
    const sets = { train: { x: two, labels: new Uint8Array(2) }, validation: data.validation };
    const teacher = { rows: 2, columns: 10, data: Float32Array.of(0.64, 0.36, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0.0625, 0.5625, 0, 0, 0, 0, 0, 0, 0.375) };
    const soft = (distil: { readonly share?: number; readonly temperature?: number }): { readonly share: number; readonly values: readonly number[] } => {
      const { sets: { train }, teacher: inGraph } = taughtSets(sets, { teacher, ...distil });
      assert.equal(inGraph, undefined);
      return { share: train.soft?.share ?? NaN, values: Array.from(train.soft?.probabilities.data ?? []) };
    };
    assert.deepEqual(soft({}), { share: 0.5, values: Array.from(teacher.data) });
    const { share, values } = soft({ share: 0.25, temperature: 2 });
    const roots = [0.8 / 1.4, 0.6 / 1.4, ...Array<number>(9).fill(0), ...[0.25, 0.75].map((root) => root / (1 + Math.sqrt(0.375))), ...Array<number>(6).fill(0), Math.sqrt(0.375) / (1 + Math.sqrt(0.375))];
    assert.equal(share, 0.25);
    assert.equal(values.length, 20);
    values.forEach((value, i) => assert.ok(Math.abs(value - (roots[i] ?? NaN)) < 1e-6, `${i}: ${value}, expected ${roots[i]}`));
    assert.throws(() => taughtSets(sets, { teacher: { ...teacher, data: new Float32Array(20) } }), (error) => error instanceof InvalidDataError && /row 0 sum to 0/.test(error.message));
  });

  it('refuses a network that takes other images', async () => {
    const { tf } = await loadTensorFlow();
    const other = tf.sequential({ layers: [tf.layers.flatten({ inputShape: [8, 8, 1] }), tf.layers.dense({ name: 'digits', units: 10, activation: 'softmax' })] });
    const teacher = encodeLayersModel(other, {});
    other.dispose();
    assert.throws(() => taughtSets(data, { teacher }), (error) => error instanceof InvalidDataError && /images \[8, 8, 1\], got rows of 784 columns: expected 64/.test(error.message));
  });

  it('has a network answer in the graph, at the temperature and the share that are given', () => {
    const { sets, teacher } = taughtSets(data, { teacher: network.trained, share: 0.3, temperature: 4 });
    assert.equal(sets, data);
    assert.deepEqual([teacher?.share, teacher?.temperature, teacher?.topology.inputShape], [0.3, 4, [28, 28, 1]]);
    const { teacher: plain } = taughtSets(data, { teacher: network.trained });
    assert.deepEqual([plain?.share, plain?.temperature], [0.5, 1]);
    assert.deepEqual(taughtSets(data, undefined), { sets: data });
  });
});
