import type * as tfTypes from '@tensorflow/tfjs-node';
import type { TensorFlow } from '../../native/tensorflow-js.js';
import { InvalidModelError } from '../../shared/errors.js';
import type { JsonObject } from '../../shared/json.js';
import { decodeNpz, encodeNpz } from '../data/npz.js';
import { registerLayers } from '../networks/layers/register-layers.js';
import type { NamedWeight } from '../graph/inference-graph.js';

/** What TensorFlow.js writes as `model.json`. */
interface ModelJson extends JsonObject {
  readonly format: string;
  readonly modelTopology: JsonObject;
  readonly weightsManifest: readonly { readonly paths: readonly string[]; readonly weights: readonly WeightJson[] }[];
  /** The fit's details. */
  readonly userDefinedMetadata: JsonObject;
}

interface WeightJson extends JsonObject {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: string;
}

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

/** A saved network as plain values. */
export interface SavedNetwork {
  readonly topology: JsonObject;
  readonly weights: readonly NamedWeight[];
  readonly details: JsonObject;
}

/**
 * Reads such a zip without TensorFlow.
 * @throws InvalidModelError when the bytes are no such model.
 */
export function readLayersModel(bytes: Uint8Array): SavedNetwork {
  try {
    const { files } = decodeNpz(bytes, 'network');
    const json = JSON.parse(new TextDecoder().decode(files['model.json'])) as ModelJson;
    const data = files['weights.bin'];
    if (json.format !== 'layers-model' || data === undefined) throw new Error('no layers-model with weights.bin');
    let offset = 0;
    const weights = json.weightsManifest.flatMap((group) => group.weights).map(({ name, shape }) => {
      const end = offset + 4 * shape.reduce((product, side) => product * side, 1);
      if (end > data.length) throw new Error(`weights.bin ends within ${name}`);
      const values = new Float32Array(data.slice(offset, end).buffer);
      offset = end;
      return { name, shape, data: values };
    });
    return { topology: json.modelTopology, weights, details: json.userDefinedMetadata };
  } catch (error) {
    throw new InvalidModelError(`These bytes are no saved network (${error instanceof Error ? error.message : String(error)}): give what its save() wrote.`, { cause: error });
  }
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
