import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { CalibratorKind } from '../../../ml/calibration/calibrator.js';
import { isotonicCalibration } from '../../../ml/calibration/isotonic-calibration.js';
import { plattScaling } from '../../../ml/calibration/platt-scaling.js';
import { CALIBRATORS } from '../../../ml/calibration/registry.js';
import { temperatureScaling } from '../../../ml/calibration/temperature-scaling.js';
import { argmaxRows } from '../../../ml/evaluation/argmax-rows.js';
import { rowsBetween } from '../../../ml/matrix.js';
import type { NpzEntry } from '../../../ml/data/npz.js';
import { testCalibratorContract } from './calibrator.contract.js';
import { golden, goldenProba } from './golden.js';
import { plantedRows } from './planted-rows.js';

const near = (actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void => {
  assert.equal(actual.length, expected.length);
  for (let i = 0; i < expected.length; i++) {
    assert.ok(Math.abs((actual[i] ?? Number.NaN) - (expected[i] ?? Number.NaN)) <= tolerance, `${i}: ${actual[i]}, expected ${expected[i]}`);
  }
};

const numbers = (entry: NpzEntry | undefined): Float64Array => {
  assert.ok(entry && 'data' in entry && entry.data instanceof Float64Array);
  return entry.data;
};

function fittedOnGolden(kind: CalibratorKind): ReturnType<CalibratorKind['fit']> {
  return kind.fit(rowsBetween(goldenProba, 0, golden.fitted), Uint8Array.from(golden.labels.slice(0, golden.fitted)));
}

for (const kind of Object.values(CALIBRATORS)) testCalibratorContract(kind);

describe('temperature scaling', () => {
  it('has the temperature and the probabilities of scikit-learn', () => {
    const calibrator = fittedOnGolden(temperatureScaling);
    near(numbers(calibrator.arrays()['calibrator.temperature']), [10, golden.inverseTemperature], 1e-6);
    near(calibrator.apply(goldenProba).data, golden.temperature, 1e-6);
  });

  for (const temperature of [0.3, 1, 2.5]) {
    it(`finds a temperature of ${temperature} that was planted`, () => {
      const { proba, labels } = plantedRows({ rows: 20_000, seed: 12, temperature });
      const [, inverse] = numbers(temperatureScaling.fit(proba, labels).arrays()['calibrator.temperature']);
      assert.ok(inverse !== undefined && Math.abs(inverse / temperature - 1) < 0.03, `1 / ${inverse}`);
    });
  }

  it('keeps the answer of every row that has a clear one', () => {
    const calibrator = fittedOnGolden(temperatureScaling);
    const row = fc.array(fc.integer({ min: 0, max: 1_000 }), { minLength: 10, maxLength: 10 }).filter((weights) => weights.some((weight) => weight > 0));
    fc.assert(fc.property(row, (weights) => {
      const sum = weights.reduce((total, weight) => total + weight, 0);
      const given = { rows: 1, columns: 10, data: Float32Array.from(weights, (weight) => weight / sum) };
      assert.deepEqual(argmaxRows(calibrator.apply(given)), argmaxRows(given));
    }));
  });

  it('has no infinite temperature for a model that is never or always wrong', () => {
    const soft = { rows: 30, columns: 10, data: Float32Array.from({ length: 300 }, (_, i) => (i % 10 === Math.floor(i / 10) % 10 ? 0.19 : 0.09)) };
    const right = Uint8Array.from({ length: 30 }, (_, row) => row % 10);
    near(numbers(temperatureScaling.fit(soft, right).arrays()['calibrator.temperature']), [10, 20], 1e-3);
    near(numbers(temperatureScaling.fit(soft, right.map((label) => (label + 1) % 10)).arrays()['calibrator.temperature']), [10, 0.05], 1e-3);
  });
});

describe('Platt scaling', () => {
  it('has the sigmoids and the probabilities of scikit-learn', () => {
    const calibrator = fittedOnGolden(plattScaling);
    near(numbers(calibrator.arrays()['calibrator.slopes']), golden.slopes, 1e-4);
    near(numbers(calibrator.arrays()['calibrator.offsets']), golden.offsets, 1e-4);
    near(calibrator.apply(goldenProba).data, golden.platt, 1e-5);
  });
});

describe('isotonic calibration', () => {
  it('has the probabilities of scikit-learn, on rows that it saw and on others', () => {
    near(fittedOnGolden(isotonicCalibration).apply(goldenProba).data, golden.isotonic, 1e-7);
  });

  it('gives equal probabilities where every class gets 0', () => {
    // One class is always right at 0.9 and never at 0.1: whoever is sure of nothing gets 0 from all curves.
    const data = Float32Array.from({ length: 200 }, (_, i) => (i % 10 === Math.floor(i / 10) % 10 ? 0.91 : 0.01));
    const calibrator = isotonicCalibration.fit({ rows: 20, columns: 10, data }, Uint8Array.from({ length: 20 }, (_, row) => row % 10));
    near(calibrator.apply({ rows: 1, columns: 10, data: new Float32Array(10).fill(0.005) }).data, new Array<number>(10).fill(0.1), 1e-7);
  });
});
