import type * as tfTypes from '@tensorflow/tfjs-node';
import type { TensorFlow } from '../../native/tensorflow-js.js';
import { InvalidModelError } from '../../shared/errors.js';
import type { JsonObject } from '../../shared/json.js';
import { decodeNpz, encodeNpz } from '../data/npz.js';

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

/**
 * Reads such a zip.
 * @throws InvalidModelError when the bytes are no such model.
 */
export async function decodeLayersModel(tf: TensorFlow, bytes: Uint8Array): Promise<{ model: tfTypes.LayersModel; details: JsonObject }> {
  try {
    const { files } = decodeNpz(bytes, 'cnn');
    const json = JSON.parse(new TextDecoder().decode(files['model.json'])) as ModelJson;
    const weights = files['weights.bin'];
    if (json.format !== 'layers-model' || weights === undefined) throw new Error('no layers-model with weights.bin');
    const model = await tf.loadLayersModel(
      tf.io.fromMemory({
        modelTopology: json.modelTopology,
        weightSpecs: json.weightsManifest.flatMap((group) => group.weights),
        weightData: weights.slice().buffer,
      }),
    );
    return { model, details: json.userDefinedMetadata };
  } catch (error) {
    throw new InvalidModelError(`These bytes are no saved CNN (${error instanceof Error ? error.message : String(error)}): give what its save() wrote.`, { cause: error });
  }
}
