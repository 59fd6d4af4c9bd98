import type { ModelInput } from '../../ml/data/assemble-input.js';
import { decodeImages } from '../../ml/data/decode-images.js';
import { inputsFromPixels } from '../../ml/features/inputs-from-pixels.js';
import type { ModelKind } from '../../ml/models/model.js';
import { serveModel } from '../../ml/serving/serve-model.js';
import { InvalidDataError } from '../../shared/errors.js';
import type { StepFunction } from '../../shared/step.js';
import { timePredictions } from './time-predictions.js';

/** What `measure-<kind>` is told. */
export interface MeasureParams {
  readonly input: ModelInput;
  /** Threads for batches; single images have one. @default 1 */
  readonly threads?: number;
  /** Single images to time. */
  readonly images: number;
}

/** The step `measure-<kind>`: a model's latency and throughput in service, from pixels, the extraction of its features included. */
export function measureStep<O extends object>(kind: ModelKind<O>): StepFunction<MeasureParams> {
  return async ({ params, inputs, native }, hooks) => {
    const bytes = inputs['model']?.[0];
    if (!bytes) throw new InvalidDataError(`measure-${kind.name} was given no model.`);
    const { pixels, ...shape } = decodeImages(inputs['images']?.[0]);
    const model = await serveModel(kind, bytes, { native, ...(params.threads !== undefined && { threads: params.threads }) });
    try {
      const timed = await timePredictions(
        async (images) => {
          for (const x of inputsFromPixels(images, shape, [params.input])) await model.predictProba(x);
        },
        pixels, params.images, hooks,
      );
      return { outputs: {}, summary: { runtime: model.runtime, ...timed } };
    } finally {
      await model.dispose();
    }
  };
}
