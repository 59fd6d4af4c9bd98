import { tfliteFile } from '../compression/tflite-forms.js';
import { lowerSavedNetwork } from '../export/network/lower-saved-network.js';
import type { NetworkGraph } from '../export/network/network-graph.js';
import { writeNetwork } from '../export/onnx/write-network.js';
import { placesOf } from '../models/places-of.js';
import { readLayersModel } from '../models/read-layers-model.js';
import type { Offset } from '../training/test-time-augmentation.js';

/** A network as it is served, in float32. */
export interface NetworkForm {
  readonly bytes: Uint8Array;
  /** Where it looks at an image; the mean is the answer. Absent: at the row as it is. */
  readonly places?: readonly Offset[];
}

/**
 * Writes a network's ONNX or TFLite form in memory, from the bytes that its `save` gave.
 * @throws InvalidModelError when the bytes are no network, or hold what the format cannot say.
 */
export function networkForm(name: string, bytes: Uint8Array, format: 'onnx' | 'tflite'): NetworkForm {
  const saved = readLayersModel(bytes);
  return { bytes: written(name, lowerSavedNetwork(saved), format), places: placesOf(saved) };
}

function written(name: string, graph: NetworkGraph, format: 'onnx' | 'tflite'): Uint8Array {
  if (format === 'onnx') return writeNetwork(graph, { name, doc: '', metadata: {} });
  return tfliteFile(graph, 'float32', { description: name, metadata: {} }, new Map());
}
