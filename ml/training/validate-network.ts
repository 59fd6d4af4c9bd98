import type { TensorFlow } from '../../native/tensorflow-js.js';
import type { CancelSignal } from '../../shared/step.js';
import type { LabelledMatrix } from '../matrix.js';
import { rowsBetween } from '../matrix.js';
import type { EpochScore } from './early-stopping.js';
import type { LayersNetwork } from './layers-network.js';
import { networkProbabilities, PREDICTION_BATCH } from './network-probabilities.js';

/** Accuracy and mean cross-entropy of a network on labelled rows; `eachBatch` is called after every batch of them. */
export async function validateNetwork(
  tf: TensorFlow,
  network: LayersNetwork,
  { x, labels }: LabelledMatrix,
  side: number,
  signal: CancelSignal,
  eachBatch: () => void,
): Promise<EpochScore> {
  let correct = 0;
  let loss = 0;
  for (let from = 0; from < x.rows; from += PREDICTION_BATCH) {
    signal.throwIfAborted();
    const rows = rowsBetween(x, from, Math.min(from + PREDICTION_BATCH, x.rows));
    const proba = networkProbabilities(tf, network, rows, side);
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
