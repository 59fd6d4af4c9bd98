import { InvalidModelError } from '../../../shared/errors.js';
import { readTopology } from '../../graph/topology.js';
import type { ModelJson, SavedNetwork } from '../../models/read-layers-model.js';
import type { ExportMetadata } from '../export-metadata.js';
import { TF_LAYERS } from './tf-layers.js';

/** What browsers cache as one file, by the habit of TensorFlow.js's own converter. */
const SHARD_BYTES = 4 * 1024 * 1024;

/**
 * A network as the files that `tf.loadLayersModel` reads in a browser: `model.json` and its weights in one group of shards of up to
 * `shardBytes`, to be served from one folder.
 * @returns the files by their names.
 * @throws InvalidModelError naming every layer that TensorFlow.js does not make by itself.
 */
export function writeWebModel({ topology, weights }: Pick<SavedNetwork, 'topology' | 'weights'>, metadata: ExportMetadata, shardBytes = SHARD_BYTES): Record<string, Uint8Array> {
  checkLayers(topology);
  const data = new Uint8Array(weights.reduce((sum, weight) => sum + weight.data.byteLength, 0));
  let at = 0;
  for (const weight of weights) {
    data.set(new Uint8Array(weight.data.buffer, weight.data.byteOffset, weight.data.byteLength), at);
    at += weight.data.byteLength;
  }
  const count = Math.max(1, Math.ceil(data.length / shardBytes));
  const shards = Array.from({ length: count }, (_, i) => [`group1-shard${i + 1}of${count}.bin`, data.subarray(i * shardBytes, (i + 1) * shardBytes)] as const);
  const json: ModelJson = {
    format: 'layers-model',
    generatedBy: metadata.made_by,
    convertedBy: null,
    modelTopology: topology,
    weightsManifest: [{ paths: shards.map(([name]) => name), weights: weights.map(({ name, shape }) => ({ name, shape, dtype: 'float32' })) }],
    userDefinedMetadata: metadata,
  };
  return { 'model.json': new TextEncoder().encode(JSON.stringify(json)), ...Object.fromEntries(shards) };
}

function checkLayers(topology: SavedNetwork['topology']): void {
  const unknown = readTopology(topology).layers.filter(({ className }) => !TF_LAYERS.has(className));
  if (unknown.length === 0) return;
  throw new InvalidModelError(
    `Layers that TensorFlow.js does not have: ${unknown.map(({ className, name }) => `${className} ${name}`).join(', ')}. ` +
      'Export this network to ONNX and run it in the browser by ONNX Runtime Web, or train one without these layers.',
  );
}
