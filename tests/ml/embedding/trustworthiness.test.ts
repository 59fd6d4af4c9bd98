import assert from 'node:assert/strict';
import { neighbourAccuracy } from '../../../ml/embedding/neighbour-accuracy.js';
import { trustworthiness } from '../../../ml/embedding/trustworthiness.js';
import { rowsBetween } from '../../../ml/matrix.js';
import { InvalidConfigError, InvalidDataError } from '../../../shared/errors.js';
import { GOLDEN } from './embedding-golden.js';

describe('trustworthiness', () => {
  it('is scikit-learn\'s', () => {
    [1, 5, 12, 29].forEach((k, i) => {
      const expected = GOLDEN.trustworthiness[i] ?? NaN;
      assert.ok(Math.abs(trustworthiness(GOLDEN.x, GOLDEN.low, k) - expected) < 1e-9, `k = ${k}: ${trustworthiness(GOLDEN.x, GOLDEN.low, k)}, expected ${expected}`);
    });
  });

  it('is 1 for the data itself, with equal rows in it', () => {
    assert.equal(trustworthiness(GOLDEN.x, GOLDEN.x), 1);
    const data = GOLDEN.x.data.slice();
    data.copyWithin(6 * 41, 6 * 7, 6 * 8);
    data.copyWithin(6 * 3, 6 * 7, 6 * 8);
    assert.equal(trustworthiness({ ...GOLDEN.x, data }, { ...GOLDEN.x, data }), 1);
  });

  it('refuses a k from half the rows on and other numbers of rows', () => {
    assert.throws(() => trustworthiness(GOLDEN.x, GOLDEN.low, 30), InvalidConfigError);
    assert.throws(() => trustworthiness(GOLDEN.x, rowsBetween(GOLDEN.low, 0, 59)), InvalidDataError);
  });
});

describe('neighbourAccuracy', () => {
  const map = { rows: 7, columns: 2, data: Float32Array.of(0, 0, 1, 0, 2, 0, 3, 0, 20, 0, 21, 0, 22, 0) };

  it('is the share of rows whose nearest others mostly have their label', () => {
    const told: number[] = [];
    assert.equal(neighbourAccuracy(map, Uint8Array.of(1, 1, 1, 1, 2, 2, 2), 2, (done) => told.push(done)), 1);
    assert.equal(told.at(-1), 7);
    assert.equal(neighbourAccuracy(map, Uint8Array.of(1, 2, 1, 1, 3, 3, 3), 3), 6 / 7);
  });

  it('takes the smaller class of equally frequent ones', () => {
    const pair = { rows: 3, columns: 2, data: Float32Array.of(0, 0, 1, 0, 2, 0) };
    assert.equal(neighbourAccuracy(pair, Uint8Array.of(4, 2, 3), 2), 0);
    assert.equal(neighbourAccuracy(pair, Uint8Array.of(2, 2, 3), 2), 2 / 3);
  });

  it('refuses labels of other rows', () => {
    assert.throws(() => neighbourAccuracy(map, new Uint8Array(6)), InvalidDataError);
  });
});
