import { classicalOnnx } from '../export/onnx/classical/classical-onnx.js';
import { NETWORK_NAMES } from '../../shared/model-names.js';
import type { ModelName } from '../../shared/model-names.js';
import { networkForm } from './network-form.js';
import type { NetworkForm } from './network-form.js';

/**
 * Writes a model's ONNX form in memory, from the bytes that its `save` gave.
 * @throws InvalidModelError when the bytes are no such model, or hold what ONNX cannot say.
 */
export function onnxForm(kind: ModelName, bytes: Uint8Array): NetworkForm {
  if (!NETWORK_NAMES.includes(kind)) return { bytes: classicalOnnx(kind, bytes) };
  return networkForm(kind, bytes, 'onnx');
}
