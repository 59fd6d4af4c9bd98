import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { confidentLearning } from '../../../../ml/analysis/labels/confident-learning.js';
import { confidentThresholds } from '../../../../ml/analysis/labels/confident-thresholds.js';
import type { Matrix } from '../../../../ml/matrix.js';
import { InvalidDataError } from '../../../../shared/errors.js';

interface Golden {
  readonly labels: readonly number[];
  readonly proba: readonly number[];
  readonly thresholds: readonly number[];
  readonly counts: readonly (readonly number[])[];
  readonly joint: readonly (readonly number[])[];
  readonly estimatedJoint: readonly (readonly number[])[];
  readonly selfConfidence: readonly number[];
  readonly margin: readonly number[];
  readonly issues: readonly number[];
}

const golden = JSON.parse(readFileSync(new URL('../../../../../tests/support/golden/confident-learning.json', import.meta.url), 'utf8')) as Golden;
const labels = Uint8Array.from(golden.labels);
const proba: Matrix<Float32Array> = { rows: labels.length, columns: 10, data: Float32Array.from(golden.proba) };

function near(actual: ArrayLike<number | null>, expected: ArrayLike<number>): void {
  assert.equal(actual.length, expected.length);
  for (let i = 0; i < expected.length; i++) assert.ok(Math.abs((actual[i] ?? Number.NaN) - (expected[i] ?? Number.NaN)) <= 1e-12, `${i}: ${actual[i]}, expected ${expected[i]}`);
}

describe('confident learning', () => {
  const { figures, quality, candidates, confident } = confidentLearning('golden', proba, labels);

  it('has the thresholds, the counts and the calibrated joint of cleanlab', () => {
    near(figures.thresholds, golden.thresholds);
    assert.deepEqual(figures.counts, golden.counts);
    assert.deepEqual(figures.joint, golden.joint);
  });

  it('scores and ranks labels as cleanlab does', () => {
    near(quality.selfConfidence, golden.selfConfidence);
    near(quality.margin, golden.margin);
    assert.deepEqual(candidates.filter((row) => confident.has(row)), golden.issues);
  });

  it('estimates a noise that is the estimated joint off its diagonal, and names its pairs', () => {
    const off = golden.estimatedJoint.flatMap((row, given) => row.filter((_, other) => other !== given)).reduce((sum, share) => sum + share, 0);
    near([figures.noise], [off]);
    for (const { given, suggested, count, rate } of figures.pairs) {
      assert.equal(count, golden.joint[given]?.[suggested]);
      near([rate], [count / labels.filter((label) => label === given).length]);
    }
    assert.equal(figures.pairs.length, golden.joint.flat().filter((count) => count > 0).length - 10);
  });

  it('calibrates the joint so that its rows sum to the number of each label', () => {
    figures.joint.forEach((row, given) => {
      assert.equal(row.reduce((sum, count) => sum + count, 0), labels.filter((label) => label === given).length);
    });
  });

  it('ranks every row whose label is not the most probable class, and no other', () => {
    const expected = golden.margin.flatMap((margin, row) => (margin < 0.5 ? [row] : []));
    assert.deepEqual([...candidates].sort((a, b) => a - b), expected);
    assert.ok(candidates.every((row, i) => i === 0 || (quality.margin[row] ?? 1) >= (quality.margin[candidates[i - 1] ?? 0] ?? 0)));
  });

  it('counts nothing into a class that no row is labelled as', () => {
    const without = labels.map((label) => (label === 7 ? 1 : label));
    const found = confidentLearning('without 7', proba, without).figures;
    assert.equal(found.thresholds[7], null);
    assert.ok(found.joint.every((row) => row[7] === 0));
    assert.equal(confidentThresholds(proba, without)[7], 2);
  });

  it('refuses other shapes, no rows, labels above 9, and what is no probability', () => {
    const attempt = (changed: Partial<Matrix<Float32Array>>, other = labels) => (): unknown => confidentLearning('mine', { ...proba, ...changed }, other);
    const withValue = (value: number): Float32Array => proba.data.map((old, i) => (i === 25 ? value : old));
    assert.throws(attempt({}, labels.subarray(1)), (error) => error instanceof InvalidDataError && /mine: 400 rows, but 399 labels/.test(error.message));
    assert.throws(attempt({ columns: 8, rows: 500 }), /8 columns, expected 10/);
    assert.throws(attempt({ rows: 0, data: new Float32Array(0) }, new Uint8Array(0)), /no rows/);
    assert.throws(attempt({}, labels.map((label, row) => (row === 3 ? 10 : label))), /label of row 3 is 10/);
    assert.throws(attempt({ data: withValue(Number.NaN) }), /row 2 gives class 5 the probability NaN/);
    assert.throws(attempt({ data: withValue(-0.1) }), InvalidDataError);
    assert.throws(attempt({ data: withValue(0.99) }), /row 2 sum to/);
  });
});
