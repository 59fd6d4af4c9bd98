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

/**
 * What a model gives for images, some hundred at once.
 * @param shape [rows, ...] of the images
 */
export function answersInBatches(tf: TensorFlow, predict: (batch: tfTypes.Tensor) => tfTypes.Tensor, images: Float32Array, shape: readonly number[]): Float32Array {
  const [rows = 0, ...sides] = shape;
  const size = sides.reduce((product, side) => product * side, 1);
  const parts: Float32Array[] = [];
  for (let from = 0; from < rows; from += BATCH) {
    const batch = images.subarray(from * size, (from + BATCH) * size);
    parts.push(tf.tidy(() => predict(tf.tensor(batch, [batch.length / size, ...sides])).dataSync() as Float32Array));
  }
  return Float32Array.from(parts.flatMap((part) => [...part]));
}
