import assert from 'node:assert/strict';
import { evaluateModel } from '../../../ml/evaluation/evaluate-model.js';
import { evaluateModels } from '../../../ml/evaluation/evaluate-models.js';
import type { Matrix } from '../../../ml/matrix.js';
import { createRandom } from '../../../ml/random.js';
import { InvalidConfigError, InvalidDataError } from '../../../shared/errors.js';

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

  it('tests the first seed of a model against the reference, and gives the spread of all', () => {
    const models = ['one', 'two', 'one.2', 'two.2', 'one.3'].map((name, i) => ({ name, proba: proba(i, 0.8 - (name.startsWith('two') ? 0.2 : 0)) }));
    const seeds = [{ model: 'one', names: ['one', 'one.2', 'one.3'] }, { model: 'two', names: ['two', 'two.2'] }];
    const { paired, seeds: spreads = [], seedTests = [], models: measured } = evaluateModels(models, labels, { seeds, compare: [['two', 'one'], ['one', 'two']] });
    const [a, b, c] = ['one', 'one.2', 'one.3'].map((name) => measured.find((model) => model.name === name)?.accuracy ?? 0) as [number, number, number];
    assert.deepEqual(paired.map((pair) => `${pair.a}/${pair.b}`), ['one/two']);
    assert.ok(Math.abs((spreads[0]?.accuracy.mean ?? 0) - (a + b + c) / 3) < 1e-12);
    assert.ok(Math.abs((spreads[0]?.accuracy.deviation ?? 0) ** 2 - ((a - b) ** 2 + (b - c) ** 2 + (a - c) ** 2) / 6) < 1e-12);
    assert.deepEqual(seedTests.map((test) => [test.a, test.b, test.pairs, test.aAhead, test.bAhead]), [['two', 'one', 2, 0, 2], ['one', 'two', 2, 2, 0]]);
    assert.throws(() => evaluateModels(models, labels, { seeds, compare: [['one', 'none']] }), (error) => error instanceof InvalidConfigError && /"none".*\(one, two\)/.test(error.message));
    assert.ok(!('seeds' in evaluateModels(models, labels)) && !('seedTests' in evaluateModels(models, labels)));
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
