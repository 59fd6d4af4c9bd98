import type * as tfTypes from '@tensorflow/tfjs-node';
import { loadTensorFlow } from '../../native/tensorflow-js.js';
import { InvalidModelError } from '../../shared/errors.js';
import type { Matrix } from '../matrix.js';
import { checkWidth } from '../models/check-width.js';
import { decodeLayersModel } from '../models/cnn-bytes.js';
import { predictInBatches } from '../training/predict-in-batches.js';

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
    let done = 0;
    const data = await predictInBatches(images, (batch) => {
      let part = new Float32Array(0);
      // Not returned through tidy, which would look for tensors in every element.
      tf.tidy(() => {
        const outputs = features.predict(tf.tensor4d(batch.data, [batch.rows, side, side, 1])) as tfTypes.Tensor;
        part = outputs.dataSync() as Float32Array<ArrayBuffer>;
      });
      onRows?.((done += batch.rows));
      return part;
    });
    return { rows: images.rows, columns, data };
  } finally {
    model.dispose();
  }
}
