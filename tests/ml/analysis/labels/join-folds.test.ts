import assert from 'node:assert/strict';
import { joinFolds } from '../../../../ml/analysis/labels/join-folds.js';
import type { FoldPredictions } from '../../../../ml/analysis/labels/join-folds.js';
import { InvalidDataError } from '../../../../shared/errors.js';

/** Row r has the probabilities 10 r, 10 r + 1, ... */
function fold(...rows: number[]): FoldPredictions {
  const data = Float32Array.from(rows.flatMap((row) => Array.from({ length: 10 }, (_, k) => 10 * row + k)));
  return { rows: Int32Array.from(rows), proba: { rows: rows.length, columns: 10, data } };
}

describe('joined folds', () => {
  it('are all rows in order', () => {
    const { rows, columns, data } = joinFolds([fold(1, 4), fold(0, 3), fold(2)], 5);
    assert.deepEqual([rows, columns], [5, 10]);
    assert.deepEqual(data, Float32Array.from({ length: 50 }, (_, i) => i));
  });

  it('have every row exactly once', () => {
    assert.throws(() => joinFolds([fold(0, 1), fold(3)], 4), (error) => error instanceof InvalidDataError && /Row 2 of 4 is predicted in none of 2 folds/.test(error.message));
    assert.throws(() => joinFolds([fold(0, 1), fold(1, 2)], 3), /Row 1 is predicted in fold 0 and in fold 1/);
    assert.throws(() => joinFolds([fold(0, 1, 2)], 2), /predicts row 2: expected rows from 0 to 1/);
    assert.throws(() => joinFolds([], 2), /Row 0 of 2/);
  });

  it('have as many probabilities as rows', () => {
    assert.throws(() => joinFolds([{ rows: Int32Array.of(0, 1), proba: fold(0).proba }], 2), InvalidDataError);
    assert.throws(() => joinFolds([fold(0), { rows: Int32Array.of(1), proba: { rows: 1, columns: 9, data: new Float32Array(9) } }], 2), InvalidDataError);
  });
});
