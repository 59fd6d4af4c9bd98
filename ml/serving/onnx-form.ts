import { lowerSavedNetwork } from '../export/network/lower-saved-network.js';
import { classicalOnnx } from '../export/onnx/classical/classical-onnx.js';
import { writeNetwork } from '../export/onnx/write-network.js';
import { readLayersModel } from '../models/read-layers-model.js';
import { NETWORK_NAMES } from '../../shared/model-names.js';
import type { ModelName } from '../../shared/model-names.js';

/** A trained model as ONNX Runtime takes it. */
export interface OnnxForm {
  readonly bytes: Uint8Array;
  /** At how many places an image is predicted, whose mean is the answer. */
  readonly places: number;
}

/**
 * Writes a model's ONNX form in memory, from the bytes that its `save` gave.
 * @throws InvalidModelError when the bytes are no such model, or hold what ONNX cannot say.
 */
export function onnxForm(kind: ModelName, bytes: Uint8Array): OnnxForm {
  if (!NETWORK_NAMES.includes(kind)) return { bytes: classicalOnnx(kind, bytes), places: 1 };
  const saved = readLayersModel(bytes);
  const graph = lowerSavedNetwork(saved);
  return { bytes: writeNetwork(graph, { name: kind, doc: '', metadata: {} }), places: Number(saved.details['testTimeAugmentation'] ?? 1) };
}
