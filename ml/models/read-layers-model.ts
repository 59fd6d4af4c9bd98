import { InvalidModelError } from '../../shared/errors.js';
import type { JsonObject } from '../../shared/json.js';
import { decodeNpz } from '../data/npz.js';
import type { NamedWeight } from '../graph/inference-graph.js';
import { shapeSize } from '../shape-size.js';

/** What TensorFlow.js writes as `model.json`. */
export interface ModelJson extends JsonObject {
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

/** A saved network as plain values. */
export interface SavedNetwork {
  readonly topology: JsonObject;
  readonly weights: readonly NamedWeight[];
  readonly details: JsonObject;
}

/**
 * Reads a zip of a saved tf.layers model, as `encodeLayersModel` makes it, without TensorFlow.
 * @throws InvalidModelError when the bytes are no such model.
 */
export function readLayersModel(bytes: Uint8Array): SavedNetwork {
  const { format, ...saved } = readModelZip(bytes);
  if (format !== 'layers-model') throw new InvalidModelError(`These bytes are no saved network (its format is ${format}): give what its save() wrote.`);
  return saved;
}

/**
 * Reads `model.json` and `weights.bin` of a zip, whatever format the former names.
 * @throws InvalidModelError when one is missing, or the weights are cut or too many.
 */
export function readModelZip(bytes: Uint8Array): SavedNetwork & { readonly format: string | undefined } {
  try {
    const { files } = decodeNpz(bytes, 'network');
    const [text, data] = [files['model.json'], files['weights.bin']];
    if (!text || !data) throw new Error(`expected model.json and weights.bin in the zip, got ${Object.keys(files).join(', ') || 'neither'}`);
    const { format, modelTopology, weightsManifest, userDefinedMetadata } = JSON.parse(new TextDecoder().decode(text)) as ModelJson;
    let offset = 0;
    const weights = weightsManifest.flatMap((group) => group.weights).map(({ name, shape }) => {
      const start = offset;
      offset += 4 * shapeSize(shape);
      return { name, shape, data: new Float32Array(data.slice(start, offset).buffer) };
    });
    if (offset !== data.length) throw new Error(`weights.bin should hold ${offset} bytes, got ${data.length}`);
    return { format, topology: modelTopology, weights, details: userDefinedMetadata };
  } catch (error) {
    throw new InvalidModelError(`These bytes are no saved network (${error instanceof Error ? error.message : String(error)}): give what its save() wrote.`, { cause: error });
  }
}
