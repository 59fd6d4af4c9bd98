import assert from 'node:assert/strict';
import { trainingSeries } from '../../../ml/reports/training-series.js';
import { trainingCurves } from '../../../ml/training/training-curves.js';
import type { EpochRecords } from '../../../ml/training/training-curves.js';

const EPOCHS = 150;
const valuesOf = (of: number): number[] => Array.from({ length: EPOCHS }, (_, epoch) => of / (7 * (epoch + 1)));
const RECORDS: EpochRecords = { trainingLoss: valuesOf(1), validationLoss: valuesOf(2), validationAccuracy: valuesOf(3), learningRate: valuesOf(0.01) };

describe('training curves', () => {
  it('hold the loss, the accuracy and the learning rate by epoch, the first and the last among them', () => {
    const curves = trainingCurves(RECORDS) as Record<string, { step: number; value: number }[]>;
    for (const [name, values] of Object.entries(RECORDS) as [string, number[]][]) {
      const points = curves[name] ?? [];
      assert.deepEqual([points[0]?.step, points.at(-1)?.step], [1, EPOCHS]);
      points.forEach(({ step, value }) => assert.ok(Math.abs(value / (values[step - 1] ?? NaN) - 1) < 1e-4, `${name} ${step}`));
    }
  });

  it('leave room for other details, however long the training was', () => {
    assert.ok(JSON.stringify(trainingCurves(RECORDS)).length < 2_700);
  });

  it('say nothing of validation where there was none', () => {
    assert.deepEqual(Object.keys(trainingCurves({ ...RECORDS, validationLoss: [], validationAccuracy: [] })), ['trainingLoss', 'learningRate']);
  });

  it('are what the report draws', () => {
    const series = trainingSeries({ epochs: EPOCHS, bestEpoch: 3, curves: trainingCurves(RECORDS) })?.series ?? [];
    assert.deepEqual(series.map(({ name }) => name), Object.keys(RECORDS));
  });
});
