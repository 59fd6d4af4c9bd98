import type * as tfTypes from '@tensorflow/tfjs-node';
import type { TensorFlow } from '../../native/tensorflow-js.js';
import { InvalidModelError } from '../../shared/errors.js';
import type { JsonObject } from '../../shared/json.js';
import { encodeNpz } from '../data/npz.js';
import { registerLayers } from '../networks/layers/register-layers.js';
import { readLayersModel } from './read-layers-model.js';
import type { ModelJson } from './read-layers-model.js';

/**
 * A layers model as a zip of TensorFlow.js's own format: unpacked, `tf.loadLayersModel('file://.../model.json')` reads
 * it. The same model gives the same bytes.
 */
export function encodeLayersModel(model: tfTypes.LayersModel, details: JsonObject): Uint8Array {
  const weights = model.weights.map((weight) => ({ name: weight.originalName, tensor: weight.read() }));
  const json: ModelJson = {
    format: 'layers-model',
    generatedBy: 'digitloom',
    convertedBy: null,
    modelTopology: model.toJSON(null, false) as JsonObject,
    weightsManifest: [
      { paths: ['weights.bin'], weights: weights.map(({ name, tensor }) => ({ name, shape: tensor.shape, dtype: tensor.dtype })) },
    ],
    userDefinedMetadata: details,
  };
  const data = new Float32Array(weights.reduce((sum, { tensor }) => sum + tensor.size, 0));
  let offset = 0;
  for (const { tensor } of weights) {
    data.set(tensor.dataSync() as Float32Array, offset);
    offset += tensor.size;
  }
  return encodeNpz({ 'model.json': new TextEncoder().encode(JSON.stringify(json)), 'weights.bin': new Uint8Array(data.buffer) });
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
