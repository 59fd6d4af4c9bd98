import { decodeImages } from '../../ml/data/decode-images.js';
import type { StepFunction } from '../../shared/step.js';
import { probabilitiesOutput } from './probabilities-output.js';
import { loadWholeStack } from './whole-stack.js';
import type { StackBase } from './whole-stack.js';

interface PredictStackParams {
  /** The bases, in the order in which the ensemble takes them. */
  readonly models: readonly StackBase[];
}

/** The whole ensemble's probabilities of images, from pixels. Outputs: `testProba` (float32, [rows, 10]). */
const predictStack: StepFunction<PredictStackParams> = async ({ params, inputs, native }, hooks) => {
  const { pixels, ...shape } = decodeImages(inputs['images']?.[0]);
  const stack = await loadWholeStack(params.models, { inputs, native });
  try {
    const eachBase = (done: number): void => hooks.progress({ fraction: done / params.models.length, note: `${done}/${params.models.length} bases` });
    const outputs = probabilitiesOutput(await stack.predictProba(pixels, shape, eachBase));
    return { outputs, summary: { runtime: stack.runtime } };
  } finally {
    stack.dispose();
  }
};

export default predictStack;
