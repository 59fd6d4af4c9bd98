import type * as tfTypes from '@tensorflow/tfjs-node';
import { loadTensorFlow } from '../../../native/tensorflow-js.js';
import { InvalidModelError } from '../../../shared/errors.js';
import type { ExportedFiles } from '../export-model.js';
import { loadWebModel } from './load-web-model.js';

const BATCH = 500;

/** What TensorFlow.js says of rows. */
export interface TensorFlowAnswers {
  /** E.g. `tfjs-node 4.22.0 / TensorFlow 2.21.0`. */
  readonly runtime: string;
  /** Row after row. */
  readonly probabilities: Float32Array;
}

/**
 * A web model's probabilities of images, through the loader that pages use.
 * @param files `model.json` and its shards
 * @param shape [rows, height, width, channels] of the images, which are in [0, 1]
 * @throws InvalidModelError when TensorFlow.js refuses the files; NativeLibraryError when it cannot be loaded.
 */
export async function webModelAnswers(files: ExportedFiles, images: Float32Array, shape: readonly number[]): Promise<TensorFlowAnswers> {
  const { tf, runtime } = await loadTensorFlow();
  const model = await loadWebModel(tf, files).catch((error: unknown) => {
    throw new InvalidModelError(`TensorFlow.js does not load the web model: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  });
  const [rows = 0, ...sides] = shape;
  const size = sides.reduce((product, side) => product * side, 1);
  const parts: Float32Array[] = [];
  for (let from = 0; from < rows; from += BATCH) {
    const batch = images.subarray(from * size, (from + BATCH) * size);
    parts.push(tf.tidy(() => (model.predict(tf.tensor(batch, [batch.length / size, ...sides])) as tfTypes.Tensor).dataSync() as Float32Array));
  }
  model.dispose();
  return { runtime, probabilities: Float32Array.from(parts.flatMap((part) => [...part])) };
}
