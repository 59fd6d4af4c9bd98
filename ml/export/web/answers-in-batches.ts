import type * as tfTypes from '@tensorflow/tfjs-node';
import type { TensorFlow } from '../../../native/tensorflow-js.js';

const BATCH = 500;

/** What TensorFlow says of rows. */
export interface TensorFlowAnswers {
  /** E.g. `tfjs-node 4.22.0 / TensorFlow 2.21.0`. */
  readonly runtime: string;
  /** Row after row. */
  readonly probabilities: Float32Array;
}

/** Told how many rows are done, before the next batch; may throw to end the work. */
export type EachBatch = (rows: number) => void;

/**
 * What a model gives for images, some hundred at once: a second or two on a busy machine. Other work of the process has its turn between batches.
 * @param shape [rows, ...] of the images
 */
export async function answersInBatches(tf: TensorFlow, predict: (batch: tfTypes.Tensor) => tfTypes.Tensor, images: Float32Array, shape: readonly number[], eachBatch: EachBatch = () => undefined): Promise<Float32Array> {
  const [rows = 0, ...sides] = shape;
  const size = sides.reduce((product, side) => product * side, 1);
  const parts: Float32Array[] = [];
  for (let from = 0; from < rows; from += BATCH) {
    const batch = images.subarray(from * size, (from + BATCH) * size);
    const answers = tf.tidy(() => predict(tf.tensor(batch, [batch.length / size, ...sides])));
    parts.push(answers.dataSync() as Float32Array);
    answers.dispose();
    eachBatch(from + batch.length / size);
    await tf.nextFrame();
  }
  return Float32Array.from(parts.flatMap((part) => [...part]));
}
