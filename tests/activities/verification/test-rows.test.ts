import assert from 'node:assert/strict';
import { testRows } from '../../../activities/verification/test-rows.js';
import type { TestRows } from '../../../activities/verification/test-rows.js';
import type { Matrix } from '../../../ml/matrix.js';
import { NotFoundError } from '../../../shared/errors.js';
import { stepsOfRun } from '../../../storage/run-steps.js';
import { toyDigits } from '../../support/digits.js';
import { recordedRun } from '../../support/recorded-run.js';
import type { RecordedModel } from '../../support/recorded-run.js';

const ROWS = 12;
const digits = toyDigits({ rows: ROWS, seed: 4 });
const filled = (columns: number, from: number): Matrix<Float32Array> => ({ rows: ROWS, columns, data: Float32Array.from({ length: ROWS * columns }, (_, i) => from + i / 1024) });
const hu = filled(7, 1);
const zoning = filled(3, 2);
const answers = (from: number): Matrix<Float32Array> => filled(10, from);
const bytes = (of: number): Uint8Array => Uint8Array.of(of);

const RECORDED: readonly RecordedModel[] = [
  { name: 'pixels', kind: 'svm', bytes: bytes(1), testProba: answers(10) },
  { name: 'columns', kind: 'random-forest', bytes: bytes(2), testProba: answers(20), features: { zoning, hu } },
  { name: 'also', kind: 'lda', bytes: bytes(3), testProba: answers(30), features: { zoning, hu } },
  { name: 'columns-small', kind: 'random-forest', bytes: bytes(4), testProba: answers(40), features: { zoning, hu }, of: 'columns' },
  { name: 'alike', kind: 'soft-vote', bytes: bytes(5), testProba: answers(50), bases: ['columns', 'also'] },
  { name: 'mixed', kind: 'greedy', bytes: bytes(6), testProba: answers(60), bases: ['pixels', 'columns'] },
];

describe('the test rows that a model of a run is verified on', () => {
  const rowsOf = async (name: string, recorded = RECORDED): Promise<TestRows> => {
    const { store, runId, models } = await recordedRun(digits, recorded);
    return testRows(store, await stepsOfRun(store, runId), models, models.find((model) => model.name === name) ?? assert.fail(name));
  };
  const joined = Float32Array.from({ length: ROWS * 10 }, (_, i) => (i % 10 < 3 ? zoning.data[3 * Math.floor(i / 10) + (i % 10)] : hu.data[7 * Math.floor(i / 10) + (i % 10) - 3]) ?? NaN);

  it('are pixels, as bytes too', async () => {
    const { values, shape, pixels, expected, labels } = await rowsOf('pixels');
    assert.deepEqual([shape, pixels, labels], [[ROWS, 28, 28, 1], digits.x.data, digits.labels]);
    assert.deepEqual(values, Float32Array.from(digits.x.data, (pixel) => pixel / 255));
    assert.deepEqual(expected, answers(10));
  });

  for (const [what, name, from] of [['a model', 'columns', 20], ['a model made smaller', 'columns-small', 40], ['an ensemble that is one file with its models', 'alike', 50]] as const) {
    it(`are feature columns in the order of the families, of ${what}`, async () => {
      const { values, shape, pixels, expected } = await rowsOf(name);
      assert.deepEqual([shape, pixels, expected], [[ROWS, 10], undefined, answers(from)]);
      assert.deepEqual(values, joined);
    });
  }

  it('are the probabilities of its models in their order, of an ensemble whose models read different rows', async () => {
    const { values, shape, expected } = await rowsOf('mixed');
    assert.deepEqual([shape, expected], [[ROWS, 20], answers(60)]);
    assert.deepEqual(values, Float32Array.from({ length: ROWS * 20 }, (_, i) => answers(i % 20 < 10 ? 10 : 20).data[10 * Math.floor(i / 20) + (i % 10)] ?? NaN));
  });

  it('are refused where a model of an ensemble is not recorded', async () => {
    const { store, runId, models } = await recordedRun(digits, RECORDED);
    const steps = await stepsOfRun(store, runId);
    const mixed = models.find(({ name }) => name === 'mixed') ?? assert.fail();
    await assert.rejects(testRows(store, steps, models.filter(({ name }) => name !== 'pixels'), mixed), (error) => error instanceof NotFoundError && /mixed is of pixels, of which the run has no record/.test(error.message));
  });
});
