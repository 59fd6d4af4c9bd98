import assert from 'node:assert/strict';
import { accuracy } from '../../../ml/evaluation/accuracy.js';
import { argmaxRows } from '../../../ml/evaluation/argmax-rows.js';
import { classMetrics } from '../../../ml/evaluation/class-metrics.js';
import { confusionMatrix } from '../../../ml/evaluation/confusion.js';
import { mostConfused } from '../../../ml/evaluation/most-confused.js';
import { worstErrors } from '../../../ml/evaluation/worst-errors.js';

describe('counts of right and wrong', () => {
  // scikit-learn's example of confusion_matrix: y_true [2, 0, 2, 2, 0, 1], y_pred [0, 0, 2, 2, 0, 2]
  const labels = Uint8Array.of(2, 0, 2, 2, 0, 1);
  const predicted = Uint8Array.of(0, 0, 2, 2, 0, 2);
  const confusion = confusionMatrix(predicted, labels, 3);

  it('puts the actual class in the row and the predicted one in the column', () => {
    assert.deepEqual(confusion, [[2, 0, 0], [0, 0, 1], [1, 0, 2]]);
  });

  it('counts the share that is right', () => {
    assert.equal(accuracy(predicted, labels), 4 / 6);
    assert.equal(accuracy(new Uint8Array(0), new Uint8Array(0)), 0);
  });

  it('gives precision, recall and F1 of each class, 0 for a class never predicted', () => {
    assert.deepEqual(classMetrics(confusion), [
      { precision: 2 / 3, recall: 1, f1: 4 / 5, support: 2 },
      { precision: 0, recall: 0, f1: 0, support: 1 },
      { precision: 2 / 3, recall: 2 / 3, f1: 4 / 6, support: 3 },
    ]);
  });

  it('lists the most confused pairs first, and equals in order of class', () => {
    const counts = [[50, 1, 4], [4, 50, 0], [7, 0, 50]];
    assert.deepEqual(mostConfused(counts, 3), [
      { actual: 2, predicted: 0, count: 7 }, { actual: 0, predicted: 2, count: 4 }, { actual: 1, predicted: 0, count: 4 },
    ]);
    assert.equal(mostConfused(counts, 10).length, 4);
  });

  it('takes the first of equal probabilities', () => {
    assert.deepEqual([...argmaxRows({ rows: 2, columns: 3, data: Float32Array.of(0.4, 0.4, 0.2, 0.1, 0.1, 0.8) })], [0, 2]);
  });

  it('lists the surest errors first, with their row', () => {
    const data = Float32Array.of(0.75, 0.25, 0.5, 0.5, 0.125, 0.875, 0.25, 0.75);
    const proba = { rows: 4, columns: 2, data };
    const errors = worstErrors(proba, argmaxRows(proba), Uint8Array.of(1, 0, 0, 1), 5);
    assert.deepEqual(errors, [
      { row: 2, actual: 0, predicted: 1, confidence: 0.875 }, { row: 0, actual: 1, predicted: 0, confidence: 0.75 },
    ]);
    assert.equal(worstErrors(proba, argmaxRows(proba), Uint8Array.of(1, 0, 0, 1), 1).length, 1);
  });
});
