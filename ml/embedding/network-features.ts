import type * as tfTypes from '@tensorflow/tfjs-node';
import { loadTensorFlow } from '../../native/tensorflow-js.js';
import { InvalidModelError } from '../../shared/errors.js';
import { rowsBetween } from '../matrix.js';
import type { Matrix } from '../matrix.js';
import { asFloats } from '../models/as-floats.js';
import { checkWidth } from '../models/check-width.js';
import { decodeLayersModel } from '../models/cnn-bytes.js';
import { PREDICTION_BATCH } from '../training/prediction-batch.js';

/**
 * What a saved network has learnt to see: what its last layer makes the classes of, [rows, units].
 * @param onRows called after each batch; may throw to end it.
 * @throws InvalidModelError when the bytes are no saved network, no layer before the last has learnt anything, or it takes images of another size.
 */
export async function networkFeatures(bytes: Uint8Array, images: Matrix, onRows?: (done: number) => void): Promise<Matrix<Float32Array>> {
  const { tf } = await loadTensorFlow();
  const { model } = await decodeLayersModel(tf, bytes);
  try {
    const last = model.layers[model.layers.length - 1];
    if (model.layers.every((layer) => layer === last || layer.weights.length === 0)) throw new InvalidModelError('No layer before that of the classes has weights, so there are no learnt features: give a deeper network.');
    const side = model.inputs[0]?.shape[1] ?? 0;
    checkWidth('The network', images, side * side);
    const features = tf.model({ inputs: model.inputs, outputs: last.input as tfTypes.SymbolicTensor });
    const columns = (last.input as tfTypes.SymbolicTensor).shape[1] ?? 0;
    const data = new Float32Array(images.rows * columns);
    for (let from = 0; from < images.rows; from += PREDICTION_BATCH) {
      const batch = asFloats(rowsBetween<Float32Array | Uint8Array>(images, from, Math.min(from + PREDICTION_BATCH, images.rows)));
      // Not returned through tidy, which would look for tensors in every element.
      tf.tidy(() => {
        const outputs = features.predict(tf.tensor4d(batch.data, [batch.rows, side, side, 1])) as tfTypes.Tensor;
        data.set(outputs.dataSync() as Float32Array, from * columns);
      });
      onRows?.(from + batch.rows);
    }
    return { rows: images.rows, columns, data };
  } finally {
    model.dispose();
  }
}
