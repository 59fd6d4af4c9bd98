import { decodeImages } from '../../ml/data/decode-images.js';
import type { StepFunction } from '../../shared/step.js';
import { timePredictions } from './time-predictions.js';
import { loadWholeStack } from './whole-stack.js';
import type { StackBase } from './whole-stack.js';

interface MeasureStackParams {
  /** The bases, in the order in which the ensemble takes them. */
  readonly models: readonly StackBase[];
  /** Single images to time. */
  readonly images: number;
}

/** The whole ensemble's latency and throughput from pixels: features, each once; every base; what combines them. */
const measureStack: StepFunction<MeasureStackParams> = async ({ params, inputs, native }, hooks) => {
  const { pixels, ...shape } = decodeImages(inputs['images']?.[0]);
  const stack = await loadWholeStack(params.models, { inputs, native });
  try {
    const timed = await timePredictions((images) => stack.predictProba(images, shape), pixels, params.images, hooks);
    return { outputs: {}, summary: { runtime: stack.runtime, ...timed } };
  } finally {
    await stack.dispose();
  }
};

export default measureStack;
