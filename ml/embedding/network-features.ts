import type * as tfTypes from '@tensorflow/tfjs-node';
import { loadTensorFlow } from '../../native/tensorflow-js.js';
import { InvalidModelError } from '../../shared/errors.js';
import { rowsBetween } from '../matrix.js';
import type { Matrix } from '../matrix.js';
import { asFloats } from '../models/as-floats.js';
import { checkWidth } from '../models/check-width.js';
import { decodeLayersModel } from '../models/cnn-bytes.js';
import { PREDICTION_BATCH } from '../training/network-probabilities.js';

/**
 * What a saved CNN has learnt to see: the outputs of its last dense layer before the classes, [rows, units].
 * @param onRows called after each batch; may throw to end it.
 * @throws InvalidModelError when the bytes are no saved CNN, it has no such layer, or it takes images of another size.
 */
export async function networkFeatures(bytes: Uint8Array, images: Matrix, onRows?: (done: number) => void): Promise<Matrix<Float32Array>> {
  const { tf } = await loadTensorFlow();
  const { model } = await decodeLayersModel(tf, bytes);
  try {
    const dense = model.layers.filter((layer) => layer.getClassName() === 'Dense').at(-2);
    if (!dense) throw new InvalidModelError('The network has no dense layer before the one of the classes, so no learnt features: give a model with one.');
    const side = model.inputs[0]?.shape[1] ?? 0;
    checkWidth('CNN', images, side * side);
    const features = tf.model({ inputs: model.inputs, outputs: dense.output as tfTypes.SymbolicTensor });
    const columns = dense.outputShape[1] as number;
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
