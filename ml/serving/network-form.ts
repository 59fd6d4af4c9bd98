import { tfliteFile } from '../compression/tflite-forms.js';
import { lowerSavedNetwork } from '../export/network/lower-saved-network.js';
import type { NetworkGraph } from '../export/network/network-graph.js';
import { writeNetwork } from '../export/onnx/write-network.js';
import { readLayersModel } from '../models/read-layers-model.js';

/** A network as it is served, in float32. */
export interface NetworkForm {
  readonly bytes: Uint8Array;
  /** At how many places an image is predicted, whose mean is the answer. */
  readonly places: number;
}

/**
 * Writes a network's ONNX or TFLite form in memory, from the bytes that its `save` gave.
 * @throws InvalidModelError when the bytes are no network, or hold what the format cannot say.
 */
export function networkForm(name: string, bytes: Uint8Array, format: 'onnx' | 'tflite'): NetworkForm {
  const saved = readLayersModel(bytes);
  const places = Number(saved.details['testTimeAugmentation'] ?? 1);
  return { bytes: written(name, lowerSavedNetwork(saved), format), places };
}

function written(name: string, graph: NetworkGraph, format: 'onnx' | 'tflite'): Uint8Array {
  if (format === 'onnx') return writeNetwork(graph, { name, doc: '', metadata: {} });
  return tfliteFile(graph, 'float32', { description: name, metadata: {} }, new Map());
}
