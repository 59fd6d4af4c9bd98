import type { ModelName } from '../../shared/model-names.js';
import type { ModelKind } from '../models/model.js';
import { averagedOverShifts } from '../training/test-time-augmentation.js';
import { networkForm } from './network-form.js';
import { onnxForm } from './onnx-form.js';
import { SERVED_AS_TRAINED } from './served-as-trained.js';
import { SERVED_BY_LITERT } from './served-by-litert.js';
import { serveOnnx } from './serve-onnx.js';
import { serveTflite } from './serve-tflite.js';
import type { ServedModel, ServingOptions } from './served-model.js';

/**
 * Puts a trained model into service: by ONNX Runtime, or by LiteRT or what it was trained with where that was measured to be faster.
 * @param bytes as the model's `save` gave them.
 * @throws InvalidModelError when the bytes are no such model.
 */
export async function serveModel(kind: Pick<ModelKind<object>, 'name' | 'load'>, bytes: Uint8Array, { native, threads = 1 }: ServingOptions): Promise<ServedModel> {
  const name = kind.name as ModelName;
  if (SERVED_AS_TRAINED.includes(name)) {
    const model = await kind.load(bytes, native);
    return { runtime: model.runtime, predictProba: (x) => model.predictProba(x), dispose: async () => model.dispose() };
  }
  const byLiteRt = SERVED_BY_LITERT.includes(name) && native.litert !== undefined;
  const form = byLiteRt ? networkForm(name, bytes, 'tflite') : onnxForm(name, bytes);
  const served = byLiteRt ? serveTflite(name, form.bytes, { native, threads }) : await serveOnnx(name, form.bytes, threads);
  return form.places && form.places.length > 1 ? { ...served, predictProba: averagedOverShifts(served.predictProba, form.places) } : served;
}
