import assert from 'node:assert/strict';
import { gainsByClass } from '../../../ml/models/xgboost-class-gains.js';
import { model } from '../../../ml/models/xgboost.js';
import type { XgboostOptions } from '../../../ml/models/xgboost-options.js';
import type { Classifier } from '../../../ml/models/model.js';
import type { LabelledMatrix } from '../../../ml/matrix.js';
import { XgboostBooster } from '../../../native/xgboost-booster.js';
import { loadXgboost } from '../../../native/xgboost-library.js';
import { InvalidModelError } from '../../../shared/errors.js';
import { toyDigits } from '../../support/digits.js';
import { xgboostPath } from '../../support/xgboost-path.js';

const native = { xgboost: xgboostPath() };
const ROWS = 100;
const plain = { rounds: 1, maxDepth: 1, learningRate: 1, subsample: 1, colsample: 1, lambda: 0, minChildWeight: 1, earlyStoppingRounds: 0 };

/** Ten rows of each digit; the column `at(digit)` is one for that digit and zero for every other, the other columns are zero. */
function marked(columns: number, at: (digit: number) => number): LabelledMatrix {
  const data = new Float32Array(ROWS * columns);
  const labels = Uint8Array.from({ length: ROWS }, (_, row) => row % 10);
  labels.forEach((digit, row) => { data[row * columns + at(digit)] = 1; });
  return { x: { rows: ROWS, columns, data }, labels };
}

describe('importance of XGBoost\'s columns by digit', function () {
  this.timeout(60_000);
  const opened: Classifier[] = [];
  const fit = async (train: LabelledMatrix, options: Partial<XgboostOptions>, validation = train): Promise<Classifier> => {
    const context = { seed: 5, native, signal: new AbortController().signal, progress: () => undefined };
    const fitted = await model.fit(train, validation, { ...model.defaults, ...plain, ...options }, context);
    opened.push(fitted);
    return fitted;
  };
  after(() => opened.forEach((one) => one.dispose()));

  it('gives a digit that one column decides that column alone, with the gain that can be had by hand', async () => {
    const { details } = await fit(marked(30, (digit) => 29 - 3 * digit), {});
    // Every probability is 0.1: gradients -0.9 on 10 rows and 0.1 on 90, second derivatives 0.18. 9 ** 2 / 16.2 + 9 ** 2 / 1.8 = 50.
    assert.deepEqual(details['classGain'], Array.from({ length: 10 }, () => 50));
    assert.deepEqual(details['classImportance'], Array.from({ length: 10 }, (_, digit) => [[29 - 3 * digit, 50]]));
    assert.deepEqual(details['importance'], Array.from({ length: 10 }, (_, i) => [2 + 3 * i, 50]));
  });

  it('speaks of the row\'s columns when the trees read chosen ones', async () => {
    const { details } = await fit(marked(30, (digit) => 29 - 3 * digit), { columns: 10 });
    assert.equal(details['columnsUsed'], 10);
    assert.deepEqual(details['classImportance'], Array.from({ length: 10 }, (_, digit) => [[29 - 3 * digit, 50]]));
  });

  it('sums over the digits to the importance of a column, and over the columns to a digit\'s gain', async () => {
    const digits = toyDigits({ rows: 300, seed: 1 });
    const means = Float32Array.from({ length: 300 * 4 }, (_, i) => {
      const quarter = digits.x.data.subarray(Math.floor(i / 4) * 784 + (i % 4) * 196, Math.floor(i / 4) * 784 + (i % 4) * 196 + 196);
      return quarter.reduce((sum, value) => sum + value, 0) / 196;
    });
    const { details } = await fit({ x: { rows: 300, columns: 4, data: means }, labels: digits.labels }, { rounds: 5, maxDepth: 4, learningRate: 0.5 });
    const byDigit = details['classImportance'] as [number, number][][];
    const importance = details['importance'] as [number, number][];
    assert.equal(importance.length, 4);
    for (const [column, gain] of importance) {
      const sum = byDigit.flat().filter(([other]) => other === column).reduce((total, [, part]) => total + part, 0);
      assert.ok(Math.abs(sum / gain - 1) < 1e-4, `column ${column}: ${sum} over the digits, ${gain} in all`);
    }
    (details['classGain'] as number[]).forEach((gain, digit) => {
      const sum = (byDigit[digit] ?? []).reduce((total, [, part]) => total + part, 0);
      assert.ok(Math.abs(sum / gain - 1) < 1e-4, `digit ${digit}: ${sum} over the columns, ${gain} in all`);
    });
  });

  it('agrees with the library\'s own total gain, which does not tell digits apart', async () => {
    const fitted = await fit(toyDigits({ rows: 300, seed: 1 }), { rounds: 6, maxDepth: 4, colsample: 0.5 });
    const bytes = await fitted.save();
    const booster = XgboostBooster.create(loadXgboost(native.xgboost), {});
    booster.load(bytes);
    const scores = booster.featureScores('total_gain');
    booster.dispose();
    const gains = gainsByClass(bytes, 784);
    assert.ok(scores.size > 20);
    for (let column = 0; column < 784; column++) {
      const [sum, score] = [gains.reduce((total, ofDigit) => total + (ofDigit[column] ?? 0), 0), scores.get(column) ?? 0];
      assert.ok(Math.abs(sum - score) <= 1e-5 * score, `column ${column}: ${sum}, expected ${score}`);
    }
  });

  it('stays small with full curves and wide rows, and is the same after loading', async () => {
    const fitted = await fit(toyDigits({ rows: 300, seed: 1 }), { rounds: 40, maxDepth: 3, learningRate: 0.1, colsample: 0.1 }, toyDigits({ rows: 100, seed: 2 }));
    assert.ok(JSON.stringify(fitted.details).length < 3_000);
    assert.ok((fitted.details['classImportance'] as unknown[][]).every(({ length }) => length === 5));
    const back = await model.load(await fitted.save(), native);
    opened.push(back);
    for (const key of ['importance', 'classGain', 'classImportance']) assert.deepEqual(back.details[key], fitted.details[key]);
  });
});

describe('gainsByClass', () => {
  const int32 = (value: number): Buffer => { const bytes = Buffer.alloc(4); bytes.writeInt32BE(value); return bytes; };
  const float32 = (value: number): Buffer => { const bytes = Buffer.alloc(4); bytes.writeFloatBE(value); return bytes; };
  const typed = (key: string, type: 'd' | 'l', values: readonly number[]): Buffer =>
    Buffer.concat([Buffer.from(`U${String.fromCharCode(key.length)}${key}[$${type}#U${String.fromCharCode(values.length)}`), ...values.map(type === 'd' ? float32 : int32)]);
  const tree = (left: readonly number[], column: readonly number[], gain: readonly number[]): Buffer =>
    Buffer.concat([typed('left_children', 'l', left), typed('loss_changes', 'd', gain), typed('split_indices', 'l', column)]);
  const info = (...classes: readonly number[]): Buffer => Buffer.concat([Buffer.from(`U${String.fromCharCode(9)}tree_info[#U${String.fromCharCode(classes.length)}`), ...classes.map((of) => Buffer.from(`U${String.fromCharCode(of)}`))]);

  it('leaves leaves out, sums over a digit\'s splits, and reads from the model which digit a tree belongs to', () => {
    const gains = gainsByClass(Buffer.concat([
      tree([1, 3, -1, -1, -1], [2, 0, 1, 1, 1], [8, 4, 99, 99, 99]), tree([-1], [1], [99]), tree([1, -1, -1], [2, 0, 0], [0.5, 0, 0]), info(7, 2, 7),
    ]), 3);
    assert.deepEqual(gains.map((ofDigit) => [...ofDigit]), Array.from({ length: 10 }, (_, digit) => (digit === 7 ? [4, 0, 8.5] : [0, 0, 0])));
  });

  it('refuses trees without a class, and a class that is no digit', () => {
    assert.throws(() => gainsByClass(Buffer.concat([tree([-1], [0], [0]), info()]), 1), InvalidModelError);
    assert.throws(() => gainsByClass(Buffer.concat([tree([-1], [0], [0]), info(10)]), 1), (error) => error instanceof InvalidModelError && /class 10/.test(error.message));
  });
});
