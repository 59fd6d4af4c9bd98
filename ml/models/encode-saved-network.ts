import { encodeNpz } from '../data/npz.js';
import type { ModelJson, SavedNetwork } from './read-layers-model.js';

/**
 * A saved network as a zip of TensorFlow.js's own format: unpacked, `tf.loadLayersModel('file://.../model.json')` reads it. The same
 * network gives the same bytes.
 */
export function encodeSavedNetwork({ topology, weights, details }: SavedNetwork): Uint8Array {
  const json: ModelJson = {
    format: 'layers-model',
    generatedBy: 'digitloom',
    convertedBy: null,
    modelTopology: topology,
    weightsManifest: [{ paths: ['weights.bin'], weights: weights.map(({ name, shape }) => ({ name, shape: [...shape], dtype: 'float32' })) }],
    userDefinedMetadata: details,
  };
  const data = new Float32Array(weights.reduce((sum, { data: { length } }) => sum + length, 0));
  let offset = 0;
  for (const weight of weights) {
    data.set(weight.data, offset);
    offset += weight.data.length;
  }
  return encodeNpz({ 'model.json': new TextEncoder().encode(JSON.stringify(json)), 'weights.bin': new Uint8Array(data.buffer) });
}
