import { decodeImages } from '../../ml/data/decode-images.js';
import { inputsFromPixels } from '../../ml/features/inputs-from-pixels.js';
import { MODELS } from '../../ml/models/registry.js';
import { serveModel } from '../../ml/serving/serve-model.js';
import { serveOnnx } from '../../ml/serving/serve-onnx.js';
import { serveTflite } from '../../ml/serving/serve-tflite.js';
import { InvalidDataError } from '../../shared/errors.js';
import type { StepFunction, StepInput } from '../../shared/step.js';
import { predictInParts } from './predict-in-parts.js';
import { probabilitiesOutput } from './probabilities-output.js';
import { loadWholeStack } from './whole-stack.js';
import type { StackBase, WholeStack } from './whole-stack.js';

interface AnswerParams {
  /** A model, or the bases of an ensemble in the order in which it takes them; none for a variant. */
  readonly models: readonly StackBase[];
}

/**
 * What is in service answers images: an ensemble (role `meta`, its bases `model:<name>`), a model (`model:<name>`) or a variant
 * (`tflite`, `onnx`). Outputs: `testProba` (float32, [rows, 10]).
 */
const answer: StepFunction<AnswerParams> = async (input, hooks) => {
  const { pixels, ...shape } = decodeImages(input.inputs['images']?.[0]);
  const service = await inService(input);
  try {
    const predictProba = (x: typeof pixels): ReturnType<WholeStack['predictProba']> => service.predictProba(x, shape);
    const proba = await predictInParts({ predictProba }, pixels, hooks.signal, (fraction) => hooks.progress({ fraction, note: 'predicting' }));
    return { outputs: probabilitiesOutput(proba), summary: { runtime: service.runtime } };
  } finally {
    await service.dispose();
  }
};

export default answer;

async function inService({ params: { models }, inputs, native }: StepInput<AnswerParams>): Promise<WholeStack> {
  const [tflite] = inputs['tflite'] ?? [];
  if (tflite) return serveTflite('network', tflite, { native });
  const [onnx] = inputs['onnx'] ?? [];
  if (onnx) return serveOnnx('network', onnx, 1);
  if (inputs['meta']) return loadWholeStack(models, { inputs, native });
  const [model] = models;
  const bytes = model && inputs[`model:${model.name}`]?.[0];
  if (!bytes) throw new InvalidDataError('No model was given that could answer.');
  const served = await serveModel(MODELS[model.kind], bytes, { native });
  return { ...served, predictProba: async (images, shape) => served.predictProba(inputsFromPixels(images, shape, [model.input])[0] ?? images) };
}
