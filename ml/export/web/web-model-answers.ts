import type * as tfTypes from '@tensorflow/tfjs-node';
import { loadTensorFlow } from '../../../native/tensorflow-js.js';
import { InvalidModelError } from '../../../shared/errors.js';
import type { ExportedFiles } from '../export-model.js';
import { answersInBatches } from './answers-in-batches.js';
import type { EachBatch, TensorFlowAnswers } from './answers-in-batches.js';
import { loadWebModel } from './load-web-model.js';

/**
 * A web model's probabilities of images, through the loader that pages use.
 * @param files `model.json` and its shards, in a folder or not
 * @param shape [rows, height, width, channels] of the images, which are in [0, 1]
 * @throws InvalidModelError when TensorFlow.js refuses the files; NativeLibraryError when it cannot be loaded.
 */
export async function webModelAnswers(files: ExportedFiles, images: Float32Array, shape: readonly number[], eachBatch?: EachBatch): Promise<TensorFlowAnswers> {
  const { tf, runtime } = await loadTensorFlow();
  const inFolder = Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name.slice(name.indexOf('/') + 1), bytes]));
  const model = await loadWebModel(tf, inFolder).catch((error: unknown) => {
    throw new InvalidModelError(`TensorFlow.js does not load the web model: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  });
  try {
    return { runtime, probabilities: await answersInBatches(tf, (batch) => model.predict(batch) as tfTypes.Tensor, images, shape, eachBatch) };
  } finally {
    model.dispose();
  }
}
