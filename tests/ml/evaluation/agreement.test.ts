import assert from 'node:assert/strict';
import { agreement } from '../../../ml/evaluation/agreement.js';
import type { AgreementRule } from '../../../ml/evaluation/agreement.js';
import type { Matrix } from '../../../ml/matrix.js';

const ROWS = 2000;

/** Two classes; every row is of the first, by 0.8. */
function sure(changed: Readonly<Record<number, number>> = {}): Matrix<Float32Array> {
  const data = Float32Array.from({ length: 2 * ROWS }, (_, i) => {
    const first = changed[i >> 1] ?? 0.8;
    return i % 2 === 0 ? first : 1 - first;
  });
  return { rows: ROWS, columns: 2, data };
}

const LABELS = new Uint8Array(ROWS);
const agrees = (rule: AgreementRule, given: Matrix<Float32Array>): boolean => agreement(rule, sure(), given, LABELS).agrees;
const rowsAt = (count: number, value: number): Record<number, number> => Object.fromEntries(Array.from({ length: count }, (_, i) => [3 * i, value]));

describe('Agreement of a file with its model', () => {
  it('counts what differs', () => {
    const found = agreement('everywhere', sure(), sure({ 5: 0.81, 9: 0.3, 11: 0.80005 }), LABELS);
    assert.ok(Math.abs(found.largestDifference - 0.5) < 1e-6);
    assert.deepEqual([found.rows, found.labelsChanged, found.rowsOff, found.firstOff], [ROWS, 1, 2, [5, 9]]);
    assert.deepEqual([found.accuracy.model, found.accuracy.file], [1, 1 - 1 / ROWS]);
    assert.deepEqual([found.paired.onlyACorrect, found.paired.onlyBCorrect], [1, 0]);
  });

  it('is within 1e-4 everywhere, where a model is continuous', () => {
    assert.ok(agrees('everywhere', sure(rowsAt(600, 0.80009))));
    assert.ok(!agrees('everywhere', sure({ 700: 0.8002 })));
  });

  it('may be off in one row of a thousand, where a model jumps', () => {
    assert.ok(agrees('almost-everywhere', sure({ 1: 0.1, 2: 0.9 })));
    assert.ok(!agrees('almost-everywhere', sure({ 1: 0.1, 2: 0.9, 3: 0.7 })));
  });

  it('loses a point of accuracy at most, where a file rounds', () => {
    assert.ok(agrees('accuracy', sure(rowsAt(19, 0.4))));
    assert.ok(!agrees('accuracy', sure(rowsAt(21, 0.4))));
    assert.ok(agreement('accuracy', sure(rowsAt(300, 0.4)), sure(), LABELS).agrees, 'more accurate');
  });

  it('never holds with what is no number', () => {
    for (const rule of ['everywhere', 'almost-everywhere', 'accuracy'] as const) assert.ok(!agrees(rule, sure(rowsAt(3, Number.NaN))), rule);
  });
});
