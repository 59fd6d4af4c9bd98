import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { CalibratorKind } from '../../../ml/calibration/calibrator.js';
import { decodeNpz, encodeNpz } from '../../../ml/data/npz.js';
import { logLoss } from '../../../ml/evaluation/log-loss.js';
import type { Matrix } from '../../../ml/matrix.js';
import { rowsBetween } from '../../../ml/matrix.js';
import { InvalidDataError, InvalidModelError } from '../../../shared/errors.js';
import { plantedRows } from './planted-rows.js';

/** What every method of calibration owes its callers. */
export function testCalibratorContract(kind: CalibratorKind): void {
  const { proba, truth, labels } = plantedRows({ rows: 6_000, seed: 3, temperature: 0.4 });
  const fitRows = rowsBetween(proba, 0, 4_000);
  const unseen = rowsBetween(proba, 4_000, 6_000);
  const fitLabels = labels.subarray(0, 4_000);
  const calibrator = kind.fit(fitRows, fitLabels);

  describe(`${kind.method} keeps the calibrator contract`, () => {
    it('takes an over-confident model most of the way to the truth, on rows that it has not seen', () => {
      const [before, after, best] = [unseen, calibrator.apply(unseen), rowsBetween(truth, 4_000, 6_000)].map((each) => logLoss(each, labels.subarray(4_000)));
      assert.ok(before !== undefined && after !== undefined && best !== undefined && before > best + 0.3, `${before}, ${best}`);
      if (kind.method === 'none') return assert.equal(after, before);
      assert.ok(after < best + 0.15 * (before - best), `before ${before}, after ${after}, truth ${best}`);
    });

    it('gives rows of probabilities that sum to one, whatever it is given', () => {
      fc.assert(fc.property(fc.array(fc.array(fc.float({ min: 0, max: 1, noNaN: true }), { minLength: 10, maxLength: 10 }), { minLength: 1, maxLength: 5 }), (rows) => {
        const given = normalised(rows);
        sumToOne(calibrator.apply(given));
      }));
    });

    it('leaves its input as it was, and gives a row alone what it gives it among others', () => {
      const copy = unseen.data.slice();
      const all = calibrator.apply(unseen);
      assert.deepEqual(unseen.data, copy);
      for (const row of [0, 17, 1_999]) {
        assert.deepEqual(calibrator.apply(rowsBetween(unseen, row, row + 1)).data, rowsBetween(all, row, row + 1).data);
      }
      assert.notEqual(all.data.buffer, unseen.data.buffer);
    });

    it('fits the same twice, and is the same after a round trip through an .npz', () => {
      const bytes = encodeNpz(calibrator.arrays());
      assert.deepEqual(encodeNpz(kind.fit(fitRows, fitLabels).arrays()), bytes);
      const back = kind.load(decodeNpz(bytes).arrays);
      assert.deepEqual(back.apply(unseen).data, calibrator.apply(unseen).data);
      assert.deepEqual([back.method, back.columns, back.description], [kind.method, 10, calibrator.description]);
      assert.ok(Object.keys(calibrator.arrays()).every((name) => name.startsWith('calibrator.')));
    });

    it('knows nothing of a class without rows, and stays sound about the others', () => {
      const without = fitLabels.map((label) => (label === 4 ? 5 : label));
      const applied = kind.fit(fitRows, without).apply(unseen);
      sumToOne(applied);
      if (kind.method === 'none' || kind.method === 'temperature') return;
      const mean = Array.from({ length: 2_000 }, (_, row) => applied.data[row * 10 + 4] ?? 0).reduce((sum, p) => sum + p, 0) / 2_000;
      assert.ok(mean < 0.005, `class 4 gets ${mean}`);
    });

    it('makes something sound of one row, of equal rows, and of zeros and ones', () => {
      const equal = { rows: 40, columns: 10, data: new Float32Array(400).fill(0.1) };
      sumToOne(kind.fit(equal, Uint8Array.from({ length: 40 }, (_, row) => row % 10)).apply(equal));
      const sure = { rows: 40, columns: 10, data: Float32Array.from({ length: 400 }, (_, i) => (i % 10 === Math.floor(i / 10) % 10 ? 1 : 0)) };
      const own = Uint8Array.from({ length: 40 }, (_, row) => row % 10);
      sumToOne(kind.fit(sure, own).apply(sure));
      sumToOne(kind.fit(sure, own.map((label) => (label + 1) % 10)).apply(sure));
      sumToOne(kind.fit(rowsBetween(sure, 0, 1), own.subarray(0, 1)).apply(sure));
    });

    it('works for another number of classes', () => {
      const three = plantedRows({ rows: 900, seed: 8, temperature: 0.5, columns: 3 });
      sumToOne(kind.fit(three.proba, three.labels).apply(three.proba));
    });

    it('refuses NaN, numbers that are no probabilities, labels that do not fit, and no rows', () => {
      const with_ = (value: number): Matrix<Float32Array> => ({ ...fitRows, data: fitRows.data.slice().fill(value, 1_234, 1_235) });
      for (const value of [Number.NaN, -0.1, 1.1, Infinity]) {
        assert.throws(() => kind.fit(with_(value), fitLabels), (error) => error instanceof InvalidDataError && /class 4 in row 123 /.test(error.message));
        assert.throws(() => calibrator.apply(with_(value)), InvalidDataError);
      }
      assert.throws(() => kind.fit(fitRows, fitLabels.subarray(1)), InvalidDataError);
      assert.throws(() => kind.fit(fitRows, fitLabels.slice().fill(10, 7, 8)), (error) => error instanceof InvalidDataError && /row 7 is 10/.test(error.message));
      assert.throws(() => kind.fit({ rows: 0, columns: 10, data: new Float32Array(0) }, new Uint8Array(0)), InvalidDataError);
      assert.throws(() => calibrator.apply({ rows: 1, columns: 9, data: new Float32Array(9) }), InvalidModelError);
    });

    it('refuses arrays that are not its own', () => {
      assert.throws(() => kind.load({}), InvalidModelError);
      const broken = Object.fromEntries(Object.entries(calibrator.arrays()).map(([name]) => [name, { data: Float64Array.of(Number.NaN), shape: [1] }]));
      assert.throws(() => kind.load(decodeNpz(encodeNpz(broken)).arrays), InvalidModelError);
    });
  });
}

function normalised(rows: readonly (readonly number[])[]): Matrix<Float32Array> {
  const data = Float32Array.from(rows.flatMap((row) => {
    const sum = row.reduce((total, value) => total + value, 0);
    return row.map((value) => (sum > 0 ? value / sum : 0.1));
  }));
  return { rows: rows.length, columns: 10, data };
}

function sumToOne({ rows, columns, data }: Matrix<Float32Array>): void {
  for (let row = 0; row < rows; row++) {
    const own = data.subarray(row * columns, (row + 1) * columns);
    assert.ok(own.every((p) => p >= 0 && p <= 1), `row ${row}: ${own.join(' ')}`);
    const sum = own.reduce((total, p) => total + p, 0);
    assert.ok(Math.abs(sum - 1) < 1e-6, `row ${row} sums to ${sum}`);
  }
}
