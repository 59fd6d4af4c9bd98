import assert from 'node:assert/strict';
import { argmaxRows } from '../../../ml/evaluation/argmax-rows.js';
import { calibration } from '../../../ml/evaluation/calibration.js';
import { logLoss } from '../../../ml/evaluation/log-loss.js';
import { wilsonInterval } from '../../../ml/evaluation/wilson-interval.js';
import type { Matrix } from '../../../ml/matrix.js';

const near = (actual: number, expected: number, tolerance = 1e-6): void =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual}, expected ${expected}`);

/** Rows of two classes with the given probability of class 0, predicted right or wrong. */
function rowsOf(...cases: readonly (readonly [confidence: number, right: boolean])[]): [Matrix<Float32Array>, Uint8Array, Uint8Array] {
  const data = Float32Array.from(cases.flatMap(([confidence]) => [confidence, 1 - confidence]));
  const proba = { rows: cases.length, columns: 2, data };
  return [proba, argmaxRows(proba), Uint8Array.from(cases, ([, right]) => (right ? 0 : 1))];
}

describe('calibration', () => {
  it('is perfect where confidence equals accuracy', () => {
    const { ece } = calibration(...rowsOf([0.75, true], [0.75, true], [0.75, true], [0.75, false]));
    near(ece, 0);
  });

  it('weights the gap of each bin by its rows', () => {
    // Of 15 bins: 0.55 twice, one right: gap 0.05; 0.95 three times, all right: gap 0.05; 0.75 once, wrong: gap 0.75.
    const { ece, reliability } = calibration(...rowsOf([0.55, true], [0.55, false], [0.95, true], [0.95, true], [0.95, true], [0.75, false]));
    near(ece, (2 * 0.05 + 3 * 0.05 + 0.75) / 6);
    assert.deepEqual(reliability.map(({ count, accuracy }) => [count, accuracy]), [[2, 0.5], [1, 0], [3, 1]]);
    near(reliability[0]?.confidence ?? 0, 0.55);
  });

  it('puts a confidence of exactly one in the last bin, and a bin\'s upper edge below', () => {
    const { reliability } = calibration(...rowsOf([1, true], [0.9375, true]), 16);
    assert.deepEqual(reliability.map(({ confidence }) => confidence), [0.9375, 1]);
    assert.equal(calibration(...rowsOf([1, true], [0.9375, true]), 8).reliability.length, 1);
  });
});

describe('log-loss', () => {
  it('is the mean of minus the logarithm of the right class', () => {
    const data = Float32Array.of(0.5, 0.25, 0.25, 0.125, 0.75, 0.125);
    near(logLoss({ rows: 2, columns: 3, data }, Uint8Array.of(0, 2)), (Math.log(2) + Math.log(8)) / 2, 1e-12);
  });

  it('stays finite where the right class has probability 0', () => {
    near(logLoss({ rows: 1, columns: 2, data: Float32Array.of(1, 0) }, Uint8Array.of(1)), 23 * Math.LN2, 1e-9);
  });
});

describe('the Wilson interval', () => {
  it('matches published values', () => {
    // statsmodels.stats.proportion.proportion_confint(method='wilson'): 8 of 10, 95 %
    const [low, high] = wilsonInterval(8, 10);
    near(low, 0.49016, 5e-5);
    near(high, 0.94332, 5e-5);
  });

  it('stays within [0, 1] and is not empty where all are right', () => {
    const [low, high] = wilsonInterval(10_000, 10_000);
    near(low, 1 - 3.8400e-4, 1e-6); // z^2 / (n + z^2)
    assert.equal(high, 1);
    assert.deepEqual(wilsonInterval(0, 0), [0, 1]);
  });
});
