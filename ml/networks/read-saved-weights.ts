import type * as tfTypes from '@tensorflow/tfjs-node';
import type { TensorFlow } from '../../native/tensorflow-js.js';
import { InvalidModelError } from '../../shared/errors.js';
import { decodeNpz } from '../data/npz.js';
import type { NamedWeight } from '../graph/inference-graph.js';

type WeightSpec = Parameters<TensorFlow['io']['decodeWeights']>[1][number];

interface ManifestJson {
  readonly weightsManifest?: readonly { readonly paths: readonly string[]; readonly weights: readonly WeightSpec[] }[];
}

/**
 * The weights of a zip of a saved tf.layers model (`model.json` and the files it names, quantised or not), whatever its layers are.
 * @throws InvalidDataError for what is no zip; InvalidModelError when a file is missing or cut.
 */
export function readSavedWeights(tf: TensorFlow, bytes: Uint8Array): NamedWeight[] {
  const { files } = decodeNpz(bytes, 'weights');
  const path = Object.keys(files).find((name) => name === 'model.json' || name.endsWith('/model.json'));
  if (path === undefined) throw new InvalidModelError(`A zip with model.json is expected, got ${Object.keys(files).join(', ') || 'an empty one'}: zip what tf.layers saved.`);
  const { weightsManifest: manifest } = parse(files[path]);
  if (!manifest) throw new InvalidModelError(`${path} names no weights: give a saved tf.layers model.`);
  const folder = path.slice(0, -'model.json'.length);
  return manifest.flatMap(({ paths, weights }) => {
    const parts = paths.map((name) => {
      const part = files[folder + name];
      if (!part) throw new InvalidModelError(`${path} names ${name}, which is not in the zip beside it.`);
      return part;
    });
    return decode(tf, new Uint8Array(Buffer.concat(parts)), weights);
  });
}

function parse(text: Uint8Array): ManifestJson {
  try {
    return JSON.parse(new TextDecoder().decode(text)) as ManifestJson;
  } catch (error) {
    throw new InvalidModelError('model.json is no JSON: give a saved tf.layers model.', { cause: error });
  }
}

function decode(tf: TensorFlow, data: Uint8Array<ArrayBuffer>, specs: readonly WeightSpec[]): NamedWeight[] {
  let decoded: tfTypes.NamedTensorMap;
  try {
    decoded = tf.io.decodeWeights(data.buffer, [...specs]);
  } catch (error) {
    throw new InvalidModelError(`The weights do not fit what model.json says of them (${error instanceof Error ? error.message : String(error)}).`, { cause: error });
  }
  const weights = specs.map(({ name, shape }) => ({ name, shape, data: Float32Array.from(decoded[name].dataSync()) }));
  tf.dispose(decoded);
  return weights;
}
