import assert from 'node:assert/strict';
import { evaluateModel } from '../../../ml/evaluation/evaluate-model.js';
import { evaluateModels } from '../../../ml/evaluation/evaluate-models.js';
import type { Matrix } from '../../../ml/matrix.js';
import { createRandom } from '../../../ml/random.js';
import { InvalidDataError } from '../../../shared/errors.js';

const ROWS = 2_000;
const labels = Uint8Array.from({ length: ROWS }, (_, row) => row % 10);

/** Probabilities that favour the label in about the given share of rows. */
function proba(seed: number, share: number): Matrix<Float32Array> {
  const random = createRandom(seed);
  const data = new Float32Array(ROWS * 10).fill(0.05);
  for (let row = 0; row < ROWS; row++) data[row * 10 + (random.uniform() < share ? (labels[row] ?? 0) : random.integer(10))] = 0.55;
  return { rows: ROWS, columns: 10, data };
}

describe('an evaluation', () => {
  it('compares the ensemble with every other model, else the first', () => {
    const [one, two, stack] = [{ name: 'one', proba: proba(1, 0.8) }, { name: 'two', proba: proba(2, 0.7) }, { name: 'stack', proba: proba(3, 0.95) }];
    const pairs = ({ paired }: ReturnType<typeof evaluateModels>): string[] => paired.map(({ a, b }) => `${a}/${b}`);
    assert.deepEqual(pairs(evaluateModels([one, two, stack], labels, { reference: 'stack' })), ['stack/one', 'stack/two']);
    assert.deepEqual(pairs(evaluateModels([one, stack], labels, { reference: 'none of them' })), ['one/stack']);
    assert.deepEqual(pairs(evaluateModels([one, two], labels)), ['one/two']);
    assert.deepEqual(pairs(evaluateModels([one], labels)), []);
    assert.deepEqual(pairs(evaluateModels([one, two, stack], labels, { reference: 'stack', variants: [['one', 'two']] })), ['stack/one', 'stack/two', 'one/two']);
    assert.deepEqual(pairs(evaluateModels([one, two], labels, { variants: [['one', 'two']] })), ['one/two']);
  });

  it('stays under 200 KB for ten models that err often', () => {
    const models = Array.from({ length: 10 }, (_, i) => ({ name: `model-${i}`, proba: proba(i, 0.5) }));
    assert.ok(JSON.stringify(evaluateModels(models, labels)).length < 200_000);
  });

  it('agrees with itself: accuracy, confusion, interval and support', () => {
    const result = evaluateModel('one', proba(4, 0.9), labels);
    const hits = result.confusion.reduce((sum, row, k) => sum + (row[k] ?? 0), 0);
    assert.equal(result.accuracy, hits / ROWS);
    assert.ok(result.accuracyInterval[0] < result.accuracy && result.accuracy < result.accuracyInterval[1]);
    assert.ok(result.classes.every(({ support }) => support === ROWS / 10));
    assert.equal(result.reliability.reduce((sum, { count }) => sum + count, 0), ROWS);
  });

  it('refuses NaN, an empty set and a number of rows that differs from the labels', () => {
    const broken = proba(1, 0.5);
    broken.data[123] = Number.NaN;
    assert.throws(() => evaluateModel('broken', broken, labels), (error) => error instanceof InvalidDataError && /broken.*row 12 /.test(error.message));
    assert.throws(() => evaluateModel('short', proba(1, 0.5), labels.subarray(1)), InvalidDataError);
    assert.throws(() => evaluateModel('none', { rows: 0, columns: 10, data: new Float32Array(0) }, new Uint8Array(0)), InvalidDataError);
  });
});
