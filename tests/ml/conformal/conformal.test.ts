import assert from 'node:assert/strict';
import fc from 'fast-check';
import { conformalQuantile } from '../../../ml/conformal/conformal-quantile.js';
import { fitThresholds } from '../../../ml/conformal/fit-thresholds.js';
import { measureSets } from '../../../ml/conformal/measure-sets.js';
import { predictionSet } from '../../../ml/conformal/prediction-set.js';
import { SCORES } from '../../../ml/conformal/registry.js';
import { rowsBetween } from '../../../ml/matrix.js';
import { CONFORMAL_SCORES } from '../../../shared/calibration.js';
import { InvalidConfigError } from '../../../shared/errors.js';
import { plantedRows } from '../calibration/planted-rows.js';

describe('the conformal quantile', () => {
  const scores = Float64Array.from({ length: 9 }, (_, i) => i + 1);

  it('is the ceil((n + 1)(1 - alpha))-th smallest score', () => {
    assert.deepEqual([0.1, 0.11, 0.2, 0.25, 0.5, 0.7, 0.95].map((alpha) => conformalQuantile(scores, alpha)), [9, 9, 8, 8, 5, 3, 1]);
  });

  it('is infinite where no score is high enough', () => {
    assert.deepEqual([0.09, 0.01].map((alpha) => conformalQuantile(scores, alpha)), [Infinity, Infinity]);
    assert.equal(conformalQuantile(new Float64Array(0), 0.5), Infinity);
  });

  it('takes the rank that whole numbers give, whatever rounding does', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 3_000 }), fc.integer({ min: 1, max: 199 }), (n, thousandths) => {
      const rank = Math.ceil(((n + 1) * (1_000 - 5 * thousandths)) / 1_000); // exact but for the last division
      const expected = rank > n ? Infinity : rank - 1;
      assert.equal(conformalQuantile(Float64Array.from({ length: n }, (_, i) => i), (5 * thousandths) / 1_000), expected);
    }));
  });

  it('refuses an alpha that is no probability between 0 and 1', () => {
    for (const alpha of [0, 1, -0.1, Number.NaN]) assert.throws(() => conformalQuantile(scores, alpha), InvalidConfigError);
  });
});

describe('conformal scores', () => {
  const row = Float32Array.of(0.125, 0.5, 0.25, 0.125);
  const scoresOf = (name: (typeof CONFORMAL_SCORES)[number], draw: number): number[] => {
    const out = new Float64Array(4);
    SCORES[name].write(row, draw, out);
    return [...out];
  };

  it('of LAC are what is missing to 1', () => {
    assert.deepEqual(scoresOf('lac', 0.3), [0.875, 0.5, 0.75, 0.875]);
    assert.deepEqual(scoresOf('lac-by-class', 0.3), scoresOf('lac', 0.9));
  });

  it('of APS are the probability of what is likelier and a drawn part of one\'s own; equals in order', () => {
    assert.deepEqual(scoresOf('aps', 0), [0.75, 0, 0.5, 0.875]);
    assert.deepEqual(scoresOf('aps', 0.5), [0.8125, 0.25, 0.625, 0.9375]);
  });

  it('of RAPS grow with the rank beyond the first', () => {
    const expected = scoresOf('aps', 0.5).map((score, k) => score + 0.01 * ([2, 0, 1, 3][k] ?? 0));
    scoresOf('raps', 0.5).forEach((score, k) => assert.ok(Math.abs(score - (expected[k] ?? 0)) < 1e-12));
  });

  it('make sets that hold what reaches the threshold, likeliest first', () => {
    assert.deepEqual(predictionSet(SCORES.lac, [0.75, 0.75, 0.75, 0.75], row), [1, 2]);
    assert.deepEqual(predictionSet(SCORES.lac, [0.4, 0.4, 0.4, 0.4], row), []);
    assert.deepEqual(predictionSet(SCORES['lac-by-class'], [0.9, 0.4, 0.4, Infinity], row), [0, 3]);
    assert.deepEqual(predictionSet(SCORES.aps, [0.5, 0.5, 0.5, 0.5], row), [1, 2]);
  });
});

describe('conformal sets', () => {
  const SPLITS = 60;
  const [CALIBRATION, UNSEEN] = [200, 200];
  // An over-confident model: the promise does not need honest probabilities.
  const { proba, labels } = plantedRows({ rows: SPLITS * (CALIBRATION + UNSEEN), seed: 21, temperature: 0.5, columns: 4 });

  for (const name of CONFORMAL_SCORES) {
    for (const alpha of [0.1, 0.05]) {
      it(`of ${name} hold the truth in ${1 - alpha} of exchangeable rows, over many splits`, () => {
        let covered = 0;
        for (let split = 0, from = 0; split < SPLITS; split++, from += CALIBRATION + UNSEEN) {
          const [middle, to] = [from + CALIBRATION, from + CALIBRATION + UNSEEN];
          const [thresholds = []] = fitThresholds(SCORES[name], rowsBetween(proba, from, middle), labels.subarray(from, middle), [alpha], split);
          covered += measureSets(SCORES[name], thresholds, alpha, rowsBetween(proba, middle, to), labels.subarray(middle, to), 1_000 + split).coverage;
        }
        const mean = covered / SPLITS;
        // Coverage of one split is beta-binomial: a variance of alpha (1 - alpha) (1 / calibration + 1 / unseen) about; four deviations of the mean of 60.
        const smallest = SCORES[name].byClass ? CALIBRATION / 4 : CALIBRATION;
        const slack = 4 * Math.sqrt((alpha * (1 - alpha) * (1 / CALIBRATION + 1 / UNSEEN)) / SPLITS);
        assert.ok(mean >= 1 - alpha - slack && mean <= 1 - alpha + 1 / smallest + slack, `${mean} +- ${slack}`);
      });
    }
  }

  it('by class hold every class in its share, where common ones may neglect a hard class', () => {
    // Class 0 is answered well, class 1 as if it were class 0.
    const n = 4_000;
    const own = Uint8Array.from({ length: n }, (_, i) => (i % 10 === 0 ? 1 : 0));
    const data = Float32Array.from({ length: 2 * n }, (_, i) => {
      const [row, column] = [Math.floor(i / 2), i % 2];
      const right = (own[row] === 0 ? 0.6 : 0.1) + 0.39 * (((row * 7_919) % n) / n);
      return column === own[row] ? right : 1 - right;
    });
    const rows = { rows: n, columns: 2, data };
    const coverage = (name: 'lac' | 'lac-by-class'): readonly (number | null)[] => {
      const [thresholds = []] = fitThresholds(SCORES[name], rows, own, [0.05], 1);
      return measureSets(SCORES[name], thresholds, 0.05, rows, own, 2).byClass;
    };
    assert.ok((coverage('lac')[1] ?? 1) < 0.7, `${coverage('lac')[1]}`);
    assert.ok((coverage('lac-by-class')[1] ?? 0) >= 0.95 && (coverage('lac-by-class')[0] ?? 0) >= 0.95);
  });

  it('are counted by size, with null for a class that has no row', () => {
    const rows = { rows: 3, columns: 3, data: Float32Array.of(0.75, 0.125, 0.125, 0.5, 0.5, 0, 0.375, 0.375, 0.25) };
    assert.deepEqual(measureSets(SCORES.lac, [0.5, 0.5, 0.5], 0.1, rows, Uint8Array.of(0, 1, 0), 0), {
      score: 'lac', alpha: 0.1, coverage: 2 / 3, meanSize: 1, empty: 1 / 3, single: 1 / 3, byClass: [0.5, 1, null],
    });
  });

  it('hold all classes where there are too few rows for the promise', () => {
    const few = plantedRows({ rows: 30, seed: 2, temperature: 1, columns: 4 });
    for (const name of CONFORMAL_SCORES) {
      const [thresholds = []] = fitThresholds(SCORES[name], few.proba, few.labels, [0.01], 1);
      assert.equal(measureSets(SCORES[name], thresholds, 0.01, few.proba, few.labels, 2).meanSize, 4, name);
    }
  });

  it('are the same for the same seed, and adaptive ones differ for another', () => {
    const fit = (seed: number): number[][] => fitThresholds(SCORES.aps, proba, labels, [0.1], seed);
    assert.deepEqual(fit(5), fit(5));
    assert.notDeepEqual(fit(5), fit(6));
  });
});
