import type { CancelSignal } from '../../shared/step.js';
import type { LabelledMatrix } from '../matrix.js';
import { rowsBetween } from '../matrix.js';
import type { EpochScore } from './early-stopping.js';
import { PREDICTION_BATCH } from './prediction-batch.js';

/** Class probabilities [rows, classes] of rows. */
export type PredictRows = (x: LabelledMatrix['x']) => Promise<Float32Array>;

/** Accuracy (a tie of the highest is a miss) and mean cross-entropy on labelled rows; `eachBatch` is called after every batch of them. */
export async function validateNetwork(predict: PredictRows, { x, labels }: LabelledMatrix, signal: CancelSignal, eachBatch: () => void): Promise<EpochScore> {
  let correct = 0;
  let loss = 0;
  for (let from = 0; from < x.rows; from += PREDICTION_BATCH) {
    signal.throwIfAborted();
    const rows = rowsBetween(x, from, Math.min(from + PREDICTION_BATCH, x.rows));
    const proba = await predict(rows);
    const classes = proba.length / rows.rows;
    for (let row = 0; row < rows.rows; row++) {
      const values = proba.subarray(row * classes, (row + 1) * classes);
      const label = labels[from + row];
      if (values.every((value, index) => index === label || value < values[label])) correct += 1;
      loss -= Math.log(Math.max(values[label], Number.MIN_VALUE));
    }
    eachBatch();
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { accuracy: correct / x.rows, loss: loss / x.rows };
}
