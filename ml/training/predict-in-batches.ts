import { rowsBetween } from '../matrix.js';
import type { Matrix } from '../matrix.js';
import { asFloats } from '../models/as-floats.js';
import { PREDICTION_BATCH } from './prediction-batch.js';

/** Answers for images as float32 in [0, 1], [rows, numbers a row]. */
export type PredictBatch = (images: Matrix<Float32Array>) => Promise<Float32Array> | Float32Array;

/** Answers for all rows, [rows, numbers a row], batch by batch. */
export async function predictInBatches(x: Matrix, predict: PredictBatch): Promise<Float32Array> {
  let all = new Float32Array(0);
  for (let from = 0; from < x.rows; from += PREDICTION_BATCH) {
    const batch = asFloats(rowsBetween<Float32Array | Uint8Array>(x, from, Math.min(from + PREDICTION_BATCH, x.rows)));
    const part = await predict(batch);
    const width = part.length / batch.rows;
    if (from === 0) all = new Float32Array(x.rows * width);
    all.set(part, from * width);
  }
  return all;
}
