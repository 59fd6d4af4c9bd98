import assert from 'node:assert/strict';
import ingest from '../../../activities/tasks/ingest.task.js';
import { decodeNpy } from '../../../ml/data/npy.js';
import { toyDigits } from '../../support/digits.js';
import { idxImages, idxLabels } from '../../support/idx-bytes.js';
import { runStep } from '../../support/run-step.js';

describe('the step ingest', () => {
  const train = toyDigits({ rows: 66, seed: 1 });
  const test = toyDigits({ rows: 20, seed: 2 });
  const names = ['train-images', 'train-labels', 't10k-images', 't10k-labels'];
  const source = [idxImages(train.x.data), idxLabels(train.labels), idxImages(test.x.data), idxLabels(test.labels)];
  const params = { names, shardSize: 30, limit: { train: 0, test: 0 } };

  it('cuts the images into shards of at most shardSize, in order, and keeps the labels whole', async () => {
    const { outputs, summary } = await runStep(ingest, params, { source });
    assert.deepEqual(Object.keys(outputs), ['train-images-0', 'train-images-1', 'train-images-2', 'train-labels', 'test-images-0', 'test-labels']);
    const arrays = Object.fromEntries(Object.entries(outputs).map(([role, { bytes }]) => [role, decodeNpy(bytes)]));
    assert.deepEqual(arrays['train-images-2']?.shape, [6, 28, 28]);
    assert.deepEqual(arrays['train-images-2']?.data, train.x.data.slice(60 * 784));
    assert.deepEqual(arrays['test-labels'], { dtype: 'u1', shape: [20], data: test.labels });
    assert.deepEqual(summary, {
      trainRows: 66, validationRows: 11, testRows: 20, trainShards: 3, testShards: 1, width: 28, height: 28, classes: 10,
      notes: [],
    });
  });

  it('gives the same bytes whatever the seed', async () => {
    const [a, b] = [await runStep(ingest, params, { source }), await runStep(ingest, params, { source }, { seed: 99 })];
    assert.deepEqual(a.outputs, b.outputs);
  });

  it('keeps only the rows within the limits', async () => {
    const { summary } = await runStep(ingest, { ...params, limit: { train: 36, test: 5 } }, { source });
    assert.deepEqual([summary['trainRows'], summary['trainShards'], summary['validationRows'], summary['testRows']], [36, 2, 6, 5]);
  });

  it('reports progress that never goes back', async () => {
    const { progress } = await runStep(ingest, params, { source });
    const fractions = progress.map(({ fraction }) => fraction);
    assert.ok(fractions.length > 3);
    assert.deepEqual(fractions, [...fractions].sort((a, b) => a - b));
  });

  it('stops when it is cancelled', async () => {
    await assert.rejects(async () => runStep(ingest, params, { source }, { signal: AbortSignal.abort() }), { name: 'AbortError' });
  });

  it('refuses to cut more shards than a run can count', async () => {
    const many = toyDigits({ rows: 510, seed: 3 });
    const files = [idxImages(many.x.data), idxLabels(many.labels), ...source.slice(2)];
    await assert.rejects(async () => runStep(ingest, { ...params, shardSize: 1 }, { source: files }), {
      name: 'InvalidConfigError', message: 'ingest.shardSize: got 1, which cuts 530 images into more than 500 shards; expected at least 2.',
    });
    assert.equal((await runStep(ingest, { ...params, shardSize: 2 }, { source: files })).summary['trainShards'], 255);
  });

  it('names the file at fault by the name it had on disk', async () => {
    await assert.rejects(async () => runStep(ingest, params, { source: [idxLabels(train.labels), ...source.slice(1)] }), {
      name: 'InvalidDataError', message: /^train-images: wrong magic number/,
    });
  });
});
