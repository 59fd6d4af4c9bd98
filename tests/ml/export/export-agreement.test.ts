import assert from 'node:assert/strict';
import { exportAccuracy, verdictOf } from '../../../ml/export/export-accuracy.js';
import { exportAgreement } from '../../../ml/export/export-agreement.js';
import type { Matrix } from '../../../ml/matrix.js';

const ROWS = 2_000;

/** Probabilities of three classes whose largest is `labels[row]`. */
function sure(labels: ArrayLike<number>): Matrix<Float32Array> {
  const data = new Float32Array(labels.length * 3).fill(0.2);
  for (let row = 0; row < labels.length; row++) data[row * 3 + (labels[row] ?? 0)] = 0.6;
  return { rows: labels.length, columns: 3, data };
}

const LABELS = Uint8Array.from({ length: ROWS }, (_, row) => row % 3);
const MODEL = sure(LABELS);
/** The model's answers, those of the first rows moved. */
const moved = (rows: number, by: number): Matrix<Float32Array> => ({ ...MODEL, data: MODEL.data.map((value, i) => (i % 3 === 0 && i < 3 * rows ? value + by : value)) });
/** With another label in the first rows. */
const wrong = (rows: number): Matrix<Float32Array> => sure(LABELS.map((label, row) => (row < rows ? (label + 1) % 3 : label)));

describe('the agreement of an export with its model', () => {
  it('is within 1e-4 of every probability, of a continuous model', () => {
    assert.deepEqual(exportAgreement(MODEL, moved(ROWS, 9e-5), false).agrees, true);
    const { largestDifference, ...one } = exportAgreement(MODEL, moved(1, 2e-4), false);
    assert.deepEqual(one, { rows: ROWS, labelsChanged: 0, exceptions: 1, agrees: false });
    assert.ok(Math.abs(largestDifference - 2e-4) < 1e-6);
  });

  it('leaves a model that jumps one row in a thousand', () => {
    assert.deepEqual([1, 2, 3].map((rows) => exportAgreement(MODEL, wrong(rows), true).agrees), [true, true, false]);
    assert.deepEqual([2, 3].map((rows) => exportAgreement(MODEL, moved(rows, 0.1), true).agrees), [true, false]);
    assert.equal(exportAgreement(MODEL, wrong(3), true).labelsChanged, 3);
    assert.equal(exportAgreement(sure(LABELS.subarray(0, 500)), sure(LABELS.map((label, row) => (row === 0 ? (label + 1) % 3 : label)).subarray(0, 500)), true).agrees, false);
  });

  it('is not given by numbers that are none, nor by answers of other rows', () => {
    const { data } = MODEL;
    const broken = exportAgreement(MODEL, { ...MODEL, data: data.map((value, i) => (i === 7 ? NaN : value)) }, false);
    assert.deepEqual([broken.agrees, broken.largestDifference, broken.exceptions], [false, Infinity, 1]);
    assert.equal(exportAgreement(MODEL, { rows: ROWS + 1, columns: 3, data: new Float32Array([...data, 1, 0, 0]) }, true).agrees, false);
  });
});

describe('the accuracy of an export in few bits', () => {
  it('is that of its rows, beside the model\'s, with a paired test', () => {
    const accuracy = exportAccuracy(MODEL, wrong(10), LABELS);
    assert.deepEqual([accuracy.rows, accuracy.model, accuracy.file], [ROWS, 1, 0.995]);
    assert.ok(accuracy.pValue < 0.01);
  });

  it('may fall by a point, or by what chance explains; beyond a fifth the file is wrong', () => {
    const verdict = (rows: number): string => verdictOf(exportAccuracy(MODEL, wrong(rows), LABELS));
    assert.deepEqual([0, 10, 19, 21, 399, 401].map(verdict), ['kept', 'kept', 'kept', 'lost', 'lost', 'wrong']);
    assert.equal(verdictOf({ rows: 50, model: 1, file: 0.9, pValue: 0.0625 }), 'kept');
  });
});
