import assert from 'node:assert/strict';
import fc from 'fast-check';
import { largestProbability, margin } from '../../../ml/rejection/confidence.js';
import { curveArea } from '../../../ml/rejection/curve-area.js';
import { riskCoverage } from '../../../ml/rejection/risk-coverage.js';
import { selectiveFigures, thresholdForRisk } from '../../../ml/rejection/risk-threshold.js';
import { thinRiskCurve } from '../../../ml/rejection/thin-risk-curve.js';
import { InvalidDataError } from '../../../shared/errors.js';

const near = (actual: number, expected: number): void => assert.ok(Math.abs(actual - expected) < 1e-12, `${actual}, expected ${expected}`);

describe('confidence', () => {
  const proba = { rows: 3, columns: 3, data: Float32Array.of(0.5, 0.25, 0.25, 0.125, 0.25, 0.625, 0.5, 0.5, 0) };

  it('is the largest probability, or its lead over the second', () => {
    assert.deepEqual([...largestProbability(proba)], [0.5, 0.625, 0.5]);
    assert.deepEqual([...margin(proba)], [0.25, 0.375, 0]);
  });
});

describe('a risk-coverage curve', () => {
  it('answers the surest rows first, and rows of one confidence together', () => {
    const points = riskCoverage([0.5, 0.9, 0.7, 0.7, 0.6], [0, 1, 0, 1, 1]);
    assert.deepEqual(points, [
      { threshold: 0.9, answered: 1, errors: 0 }, { threshold: 0.7, answered: 3, errors: 1 },
      { threshold: 0.6, answered: 4, errors: 1 }, { threshold: 0.5, answered: 5, errors: 2 },
    ]);
  });

  it('has the area worked out by hand, and the excess over errors that come last', () => {
    // Right, wrong, right, wrong: risks 0, 1/2, 1/3, 2/4. With errors last: 0, 0, 1/3, 2/4.
    const { aurc, excess } = curveArea(riskCoverage([4, 3, 2, 1], [1, 0, 1, 0]));
    near(aurc, (1 / 2 + 1 / 3 + 2 / 4) / 4);
    near(excess, 1 / 2 / 4);
    near(curveArea(riskCoverage([4, 3, 2, 1], [1, 1, 0, 0])).excess, 0);
    assert.deepEqual(curveArea(riskCoverage([1, 2], [1, 1])), { aurc: 0, excess: 0 });
    assert.deepEqual(curveArea(riskCoverage([1, 2], [0, 0])), { aurc: 1, excess: 0 });
  });

  it('has the area that ties would have on average, in whatever order', () => {
    const answers = [1, 0, 1, 1, 0];
    let sum = 0;
    const orders = permutations(answers);
    for (const order of orders) sum += curveArea(riskCoverage([5, 4, 3, 2, 1], order)).aurc;
    near(curveArea(riskCoverage([7, 7, 7, 7, 7], answers)).aurc, sum / orders.length);
  });

  it('is thinned to few points that lie on it, the last of them with all rows', () => {
    const right = Uint8Array.from({ length: 5_000 }, (_, row) => (row % 97 === 0 ? 0 : 1));
    const points = riskCoverage(Float64Array.from(right, (_, row) => row), right);
    const thin = thinRiskCurve(points);
    assert.ok(thin.length > 30 && thin.length <= 61, `${thin.length}`);
    assert.deepEqual(thin.at(-1), [1, Number((52 / 5_000).toFixed(6))]);
    assert.ok(thin.filter(([coverage]) => coverage > 0.95).length > 15, 'most points where few are rejected');
    for (const [coverage, risk] of thin) {
      const answered = Math.round(coverage * 5_000);
      assert.equal(risk, Number(((points[answered - 1]?.errors ?? -1) / answered).toFixed(6)));
    }
    assert.deepEqual(thinRiskCurve(riskCoverage([1, 1], [1, 0])), [[1, 0.5]]);
  });

  it('refuses no rows, numbers that differ, and NaN', () => {
    assert.throws(() => riskCoverage([], []), InvalidDataError);
    assert.throws(() => riskCoverage([1], [1, 0]), InvalidDataError);
    assert.throws(() => riskCoverage([1, Number.NaN], [1, 0]), (error) => error instanceof InvalidDataError && /row 1 is NaN/.test(error.message));
  });
});

describe('a threshold for a rate of errors', () => {
  const points = riskCoverage([9, 8, 7, 6, 5, 4, 3, 2, 1, 0], [1, 1, 0, 1, 1, 1, 1, 1, 0, 0]);

  it('answers as many rows as keep the rate, even where fewer would break it', () => {
    // Errors among the surest 1..10: 0 0 1 1 1 1 1 1 2 3
    assert.deepEqual(thresholdForRisk(points, 0.125), { target: 0.125, threshold: 2, coverage: 0.8, risk: 1 / 8, errors: 1 });
    assert.deepEqual(thresholdForRisk(points, 0.1), { target: 0.1, threshold: 8, coverage: 0.2, risk: 0, errors: 0 });
    assert.deepEqual(thresholdForRisk(points, 0), { target: 0, threshold: 8, coverage: 0.2, risk: 0, errors: 0 });
    assert.equal(thresholdForRisk(points, 0.3).coverage, 1);
  });

  it('rejects all where even the surest rows err too often', () => {
    assert.deepEqual(thresholdForRisk(riskCoverage([2, 1], [0, 1]), 0.1), { target: 0.1, threshold: null, coverage: 0, risk: 0, errors: 0 });
  });

  it('never parts rows of one confidence: with an error in the tie, the tie is rejected', () => {
    const tied = riskCoverage([3, 2, 2, 2, 2, 1], [1, 1, 1, 1, 0, 1]);
    assert.deepEqual(thresholdForRisk(tied, 0.19), { target: 0.19, threshold: 1, coverage: 1, risk: 1 / 6, errors: 1 });
    assert.deepEqual(thresholdForRisk(tied, 0.1), { target: 0.1, threshold: 3, coverage: 1 / 6, risk: 0, errors: 0 });
  });

  it('means the same on other rows: at least as sure is answered', () => {
    const others = riskCoverage([0.9, 0.8, 0.8, 0.7], [1, 0, 1, 0]);
    assert.deepEqual(selectiveFigures(others, 0.8), { coverage: 0.75, risk: 1 / 3, errors: 1 });
    assert.deepEqual(selectiveFigures(others, 0.81), { coverage: 0.25, risk: 0, errors: 0 });
    assert.deepEqual(selectiveFigures(others, 0.95), { coverage: 0, risk: 0, errors: 0 });
    assert.deepEqual(selectiveFigures(others, null), { coverage: 0, risk: 0, errors: 0 });
    assert.equal(selectiveFigures(others, 0).coverage, 1);
  });

  it('gives on its own rows what it promised', () => {
    const answers = fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.boolean()), { minLength: 1, maxLength: 50 });
    fc.assert(fc.property(answers, fc.double({ min: 0, max: 0.9, noNaN: true }), (rows, target) => {
      const curve = riskCoverage(rows.map(([sure]) => sure), rows.map(([, right]) => Number(right)));
      const promised = thresholdForRisk(curve, target);
      assert.deepEqual({ target, threshold: promised.threshold, ...selectiveFigures(curve, promised.threshold) }, promised);
      assert.ok(promised.risk <= target);
      const best = curve.filter((point) => point.errors <= target * point.answered).reduce((most, { answered }) => Math.max(most, answered), 0);
      assert.equal(promised.coverage, best / rows.length);
    }));
  });
});

function permutations(values: readonly number[]): number[][] {
  if (values.length <= 1) return [[...values]];
  return values.flatMap((value, i) => permutations([...values.slice(0, i), ...values.slice(i + 1)]).map((rest) => [value, ...rest]));
}
