import type * as tfTypes from '@tensorflow/tfjs-node';
import type { TensorFlow } from '../../native/tensorflow-js.js';
import { InvalidModelError } from '../../shared/errors.js';
import type { JsonObject } from '../../shared/json.js';
import { registerLayers } from '../networks/layers/register-layers.js';
import { encodeSavedNetwork } from './encode-saved-network.js';
import { readLayersModel } from './read-layers-model.js';

/** A tf.layers model as `encodeSavedNetwork` writes it. */
export function encodeLayersModel(model: tfTypes.LayersModel, details: JsonObject): Uint8Array {
  return encodeSavedNetwork({
    topology: model.toJSON(null, false) as JsonObject,
    weights: model.weights.map((weight) => {
      const tensor = weight.read();
      return { name: weight.originalName, shape: tensor.shape, data: tensor.dataSync() as Float32Array<ArrayBuffer> };
    }),
    details,
  });
}

/**
 * Makes a tf.layers model of such a zip.
 * @throws InvalidModelError when the bytes are no such model, or have a layer that TensorFlow.js does not know.
 */
export async function decodeLayersModel(tf: TensorFlow, bytes: Uint8Array): Promise<{ model: tfTypes.LayersModel; details: JsonObject }> {
  const { topology, weights, details } = readLayersModel(bytes);
  const weightData = new Float32Array(weights.reduce((sum, { data }) => sum + data.length, 0));
  let offset = 0;
  for (const { data } of weights) {
    weightData.set(data, offset);
    offset += data.length;
  }
  registerLayers(tf);
  try {
    const weightSpecs = weights.map(({ name, shape }) => ({ name, shape: [...shape], dtype: 'float32' as const }));
    return { model: await tf.loadLayersModel(tf.io.fromMemory({ modelTopology: topology, weightSpecs, weightData: weightData.buffer })), details };
  } catch (error) {
    throw new InvalidModelError(`TensorFlow.js cannot build this network (${error instanceof Error ? error.message : String(error)}).`, { cause: error });
  }
}
