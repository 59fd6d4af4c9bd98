import type * as tfTypes from '@tensorflow/tfjs-node';
import { loadTensorFlow } from '../../../native/tensorflow-js.js';
import { InvalidModelError } from '../../../shared/errors.js';
import { answersInBatches } from '../web/answers-in-batches.js';
import type { TensorFlowAnswers } from '../web/answers-in-batches.js';

/**
 * A SavedModel's probabilities of images, by TensorFlow's C library.
 * @param folder holds `saved_model.pb`; TensorFlow reads it
 * @param shape [rows, height, width, channels] of the images, which are in [0, 1]
 * @throws InvalidModelError when TensorFlow refuses the files; NativeLibraryError when it cannot be loaded.
 */
export async function savedModelAnswers(folder: string, images: Float32Array, shape: readonly number[]): Promise<TensorFlowAnswers> {
  const { tf, runtime } = await loadTensorFlow();
  const model = await tf.node.loadSavedModel(folder).catch((error: unknown) => {
    throw new InvalidModelError(`TensorFlow does not load the SavedModel: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  });
  try {
    return { runtime, probabilities: await answersInBatches(tf, (batch) => (model.predict({ images: batch }) as tfTypes.NamedTensorMap)['probabilities'] as tfTypes.Tensor, images, shape) };
  } finally {
    model.dispose();
  }
}
