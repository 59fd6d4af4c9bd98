import type { PreparedRun } from '../../native/tensorflow/prepared-run.js';
import { rowsBetween } from '../matrix.js';
import type { Matrix } from '../matrix.js';
import { asFloats } from '../models/as-floats.js';
import { PREDICTION_BATCH } from '../training/prediction-batch.js';

/** Probabilities [rows, classes] by a run that takes images [n, columns] and gives them, batch by batch. */
export async function predictRows(run: PreparedRun, x: Matrix): Promise<Float32Array> {
  let all = new Float32Array(0);
  for (let from = 0; from < x.rows; from += PREDICTION_BATCH) {
    const { rows, columns, data } = asFloats(rowsBetween<Float32Array | Uint8Array>(x, from, Math.min(from + PREDICTION_BATCH, x.rows)));
    const [part] = await run.run([{ shape: [rows, columns], data }]);
    if (from === 0) all = new Float32Array(x.rows * (part.length / rows));
    all.set(part as Float32Array, from * (part.length / rows));
  }
  return all;
}
