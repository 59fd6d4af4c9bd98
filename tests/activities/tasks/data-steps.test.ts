import assert from 'node:assert/strict';
import checkData from '../../../activities/tasks/check-data.task.js';
import describeData from '../../../activities/tasks/describe-data.task.js';
import { decodeNpy, encodeNpy } from '../../../ml/data/npy.js';
import { decodeNpz } from '../../../ml/data/npz.js';
import type { DataCheck } from '../../../shared/analysis/data-check.js';
import type { DataDescription } from '../../../shared/analysis/data-description.js';
import { mnistSubset, type Digits } from '../../support/digits.js';
import { runStep } from '../../support/run-step.js';

function shards({ x }: Digits, size: number): Uint8Array[] {
  return Array.from({ length: Math.ceil(x.rows / size) }, (_, i) => {
    const rows = Math.min(size, x.rows - i * size);
    return encodeNpy(x.data.subarray(i * size * 784, (i * size + rows) * 784), [rows, 28, 28]);
  });
}

const train = mnistSubset({ split: 'train', from: 0, to: 900 });
const test = mnistSubset({ split: 'test', from: 0, to: 150 });
const inputs = { images: shards(train, 400), testImages: shards(test, 100), labels: [encodeNpy(train.labels, [900])] };
const parse = (bytes: Uint8Array | undefined): unknown => JSON.parse(new TextDecoder().decode(bytes));

describe('the step describe-data', () => {
  it('describes every digit and both splits, with examples that are the rows they name', async () => {
    const { outputs, summary } = await runStep(describeData, { validationRows: 150 }, inputs);
    const description = parse(outputs['description']?.bytes) as DataDescription;
    assert.deepEqual([description.kind, description.train.count, description.test.count], ['data-description', 900, 150]);
    assert.deepEqual(description.digits.map(({ digit, count }) => [digit, count]), Array.from({ length: 10 }, (_, digit) => [digit, train.labels.filter((label) => label === digit).length]));
    assert.ok(Math.abs(description.digits.reduce((sum, { share }) => sum + share, 0) - 1) < 1e-5);
    assert.equal(description.quality.histogram.reduce((sum, count) => sum + count, 0), 900);
    const quality = decodeNpy(outputs['quality']?.bytes ?? new Uint8Array(0));
    assert.deepEqual([quality.dtype, quality.shape], ['f4', [900]]);
    for (const { digit, best, worst, outliers } of description.digits) {
      for (const { row, pixels } of [...best, ...worst, ...outliers]) {
        assert.equal(train.labels[row], digit);
        assert.deepEqual(new Uint8Array(Buffer.from(pixels, 'base64')), train.x.data.slice(row * 784, (row + 1) * 784));
      }
      for (const { row, score } of [...best, ...worst]) assert.ok(Math.abs(Number(quality.data[row]) - score) < 1e-4);
      assert.ok((best[0]?.score ?? 0) >= (worst[0]?.score ?? 1));
      assert.deepEqual(outliers.map(({ score }) => score), outliers.map(({ score }) => score).sort((a, b) => b - a));
    }
    const { arrays } = decodeNpz(outputs['pictures']?.bytes ?? new Uint8Array(0));
    assert.deepEqual(Object.keys(arrays).length, 24);
    assert.deepEqual([arrays['mean_3']?.dtype, arrays['mean_3']?.shape], ['f4', [28, 28]]);
    assert.ok(JSON.stringify(summary).length < 4096 && summary['trainRows'] === 900);
  });

  it('leaves out a digit that has no images', async () => {
    const labels = [encodeNpy(train.labels.map((label) => (label === 4 ? 9 : label)), [900])];
    const { outputs } = await runStep(describeData, { validationRows: 150 }, { ...inputs, labels });
    assert.deepEqual((parse(outputs['description']?.bytes) as DataDescription).digits.map(({ digit }) => digit), [0, 1, 2, 3, 5, 6, 7, 8, 9]);
    assert.equal(Object.keys(decodeNpz(outputs['pictures']?.bytes ?? new Uint8Array(0)).arrays).includes('mean_4'), false);
  });

  it('gives the same bytes whatever the shards and the seed, and progress that never goes back', async () => {
    const first = await runStep(describeData, { validationRows: 150 }, inputs);
    const second = await runStep(describeData, { validationRows: 150 }, { ...inputs, images: shards(train, 900) }, { seed: 9 });
    assert.deepEqual(first.outputs, second.outputs);
    const fractions = first.progress.map(({ fraction }) => fraction);
    assert.deepEqual(fractions, [...fractions].sort((a, b) => a - b));
    assert.equal(fractions.at(-1), 1);
  });

  it('takes what is usual for quality from the rows before the validation split', async () => {
    const reference = async (rows: number) => (parse((await runStep(describeData, { validationRows: rows }, inputs)).outputs['description']?.bytes) as DataDescription).quality.reference;
    const images = shards(train, 400);
    const spoilt = { ...inputs, images: [...images.slice(0, 2), encodeNpy(new Uint8Array(100 * 784).fill(200), [100, 28, 28])] };
    const { outputs } = await runStep(describeData, { validationRows: 100 }, spoilt);
    const usual = await reference(100);
    assert.deepEqual((parse(outputs['description']?.bytes) as DataDescription).quality.reference, usual);
    assert.notDeepEqual(await reference(600), usual);
  });

  it('refuses what it cannot describe, and stops when it is cancelled', async () => {
    const rejects = async (given: Readonly<Record<string, readonly Uint8Array[]>>, validationRows: number, name: string, message: RegExp) =>
      assert.rejects(async () => runStep(describeData, { validationRows }, given), { name, message });
    await rejects(inputs, 900, 'InvalidConfigError', /validationRows: got 900, expected a whole number from 0 to less than the 900/);
    await rejects({ ...inputs, labels: [encodeNpy(train.labels.slice(1), [899])] }, 0, 'InvalidDataError', /899 labels for 900 rows/);
    await rejects({ ...inputs, testImages: [] }, 0, 'InvalidDataError', /No shard/);
    await rejects({ ...inputs, images: [encodeNpy(train.x.data, [900, 28, 28]), encodeNpy(new Uint8Array(196), [1, 14, 14])] }, 0, 'InvalidDataError', /images, shard 1: 14 x 14 pixels, but 28 x 28/);
    await assert.rejects(async () => runStep(describeData, { validationRows: 0 }, inputs, { signal: AbortSignal.abort() }), { name: 'AbortError' });
  });
});

describe('the step check-data', () => {
  it('gives every check of sound data', async () => {
    const { outputs, summary } = await runStep(checkData, { thresholds: {} }, inputs);
    const check = parse(outputs['check']?.bytes) as DataCheck;
    assert.deepEqual([check.kind, check.passed, summary], ['data-check', true, { checks: check.checks.length, passed: true }]);
    assert.ok(check.checks.length >= 15);
  });

  it('ends the run with all failures named', async () => {
    await assert.rejects(async () => runStep(checkData, { thresholds: { minTrainRows: 1000, minTestRows: 1000 } }, inputs), (error: Error) => {
      assert.equal(error.name, 'InvalidDataError');
      assert.match(error.message, /failed 2 of \d+ checks.*\n- train images: got 900, expected at least 1000: .*\n- test images: got 150/);
      return true;
    });
  });

  it('stops when it is cancelled', async () => {
    await assert.rejects(async () => runStep(checkData, { thresholds: {} }, inputs, { signal: AbortSignal.abort() }), { name: 'AbortError' });
  });
});
