import assert from 'node:assert/strict';
import analyseNeighbours from '../../../activities/tasks/analyse-neighbours.process.js';
import { encodeNpy } from '../../../ml/data/npy.js';
import { neighbourSection } from '../../../ml/reports/neighbour-section.js';
import type { NeighbourAnalysis } from '../../../shared/analysis/neighbour-analysis.js';
import { InvalidConfigError, InvalidDataError } from '../../../shared/errors.js';
import { mnistSubset } from '../../support/digits.js';
import { runStep } from '../../support/run-step.js';

const AREA = 784;
const train = mnistSubset({ split: 'train', from: 0, to: 900 });
const test = mnistSubset({ split: 'test', from: 0, to: 120 });
test.x.data.set(train.x.data.subarray(33 * AREA, 34 * AREA), 5 * AREA); // a leak
train.x.data.copyWithin(700 * AREA, 8 * AREA, 9 * AREA);
const shard = (from: number, to: number): Uint8Array => encodeNpy(train.x.data.slice(from * AREA, to * AREA), [to - from, 28, 28]);
const inputs = {
  images: [shard(0, 500), shard(500, 900)],
  labels: [encodeNpy(train.labels, [900])],
  testImages: [encodeNpy(test.x.data, [120, 28, 28])],
};
const params = { validationRows: 150 };
const parsed = (bytes?: Uint8Array): NeighbourAnalysis => JSON.parse(new TextDecoder().decode(bytes)) as NeighbourAnalysis;

describe('the analyse-neighbours step', () => {
  const done = runStep(analyseNeighbours, params, inputs);

  it('finds a test image among the training images, and a training image twice', async () => {
    const { outputs, summary } = await done;
    const { exact, near } = parsed(outputs['neighbours']?.bytes);
    assert.deepEqual(exact.between.listed, [{ train: [33], test: [5] }]);
    assert.deepEqual(exact.train.listed, [[8, 700]]);
    assert.deepEqual([near.trainTest.count, near.train.count], [1, 1]);
    const [leak] = near.trainTest.closest;
    assert.deepEqual([leak?.first.row, leak?.second.row, leak?.relative], [5, 33, 0]);
    assert.equal(leak?.first.pixels, leak?.second.pixels);
    assert.deepEqual(summary['exactDuplicates'], { train: 1, test: 0, trainTest: 1 });
  });

  it('reads no test labels and says none', async () => {
    const { outputs } = await done;
    for (const { first, second } of parsed(outputs['neighbours']?.bytes).near.trainTest.closest) {
      assert.deepEqual([first.split, first.label, second.split, second.label], ['test', undefined, 'train', train.labels[second.row]]);
    }
  });

  it('votes for the digits of most training images', async () => {
    const { confusion, pairs, rows } = parsed((await done).outputs['neighbours']?.bytes);
    assert.deepEqual(rows, { train: 900, test: 120 });
    assert.deepEqual(confusion.map(({ voters }) => voters), [1, 5]);
    for (const { accuracy, matrix } of confusion) {
      assert.ok(accuracy > 0.8 && accuracy < 1, `${accuracy}`);
      assert.equal(matrix.flat().reduce((sum, count) => sum + count, 0), 900);
    }
    assert.equal(pairs.length, 45);
  });

  it('gives the same bytes again, and looks at the first rows only when told', async () => {
    assert.deepEqual((await runStep(analyseNeighbours, params, inputs)).outputs, (await done).outputs);
    const { outputs } = await runStep(analyseNeighbours, { ...params, maxRows: 200 }, inputs);
    const { rows, exact } = parsed(outputs['neighbours']?.bytes);
    assert.deepEqual([rows.train, exact.train.groups, exact.between.groups], [200, 0, 1]);
  });

  it('is shown with pictures and without a label of the test set', async () => {
    const { markup } = neighbourSection(parsed((await done).outputs['neighbours']?.bytes));
    assert.ok(markup.includes('1 image in both'));
    assert.ok(markup.includes('it raises the test accuracy without merit'));
    assert.ok(markup.includes('title="test image 5"'));
    assert.doesNotMatch(markup, /test image \d+, a \d/);
    assert.doesNotMatch(markup, /undefined|NaN/);
  });

  it('refuses more neighbours than rows, other sizes and missing images', async () => {
    await assert.rejects(runStep(analyseNeighbours, { ...params, neighbours: 900 }, inputs), InvalidConfigError);
    await assert.rejects(runStep(analyseNeighbours, { validationRows: 900 }, inputs), InvalidConfigError);
    await assert.rejects(runStep(analyseNeighbours, params, { ...inputs, testImages: [encodeNpy(new Uint8Array(200), [2, 10, 10])] }), InvalidDataError);
    await assert.rejects(runStep(analyseNeighbours, params, { ...inputs, images: [] }), InvalidDataError);
  });

  it('stops when the run is cancelled', async () => {
    await assert.rejects(runStep(analyseNeighbours, params, inputs, { signal: AbortSignal.abort() }), { name: 'AbortError' });
  });
});
