import type { LabelledMatrix } from '../../ml/matrix.js';
import { mergeOptions } from '../../ml/models/merge-options.js';
import type { Classifier, ModelKind } from '../../ml/models/model.js';
import type { JsonObject } from '../../shared/json.js';
import type { StepFunction, StepHooks, StepInput } from '../../shared/step.js';

/** How a step may set a kind's hyper-parameters. */
export interface KindParams {
  readonly options: JsonObject;
  /** @default 1 */
  readonly threads?: number;
}

/** The rows of a fit. */
export interface FitSets {
  readonly train: LabelledMatrix;
  /** For early stopping and calibration. */
  readonly validation: LabelledMatrix;
}

/** What a fit is given besides its rows and settings. */
export type FitSurroundings = Pick<StepInput<KindParams>, 'seed' | 'native' | 'params'> & { readonly initialWeights?: Uint8Array };

/** The part of a step's work that is fitting; the rest is predicting and saving. */
export const FITTING = 0.98;

/** The step of a kind with what other threads do for it: items made ahead, units of work. */
export function withThreadWork<P extends object, O extends object>(step: StepFunction<P>, { itemMaker, taskRunner }: ModelKind<O>): StepFunction<P> {
  return Object.assign(step, { ...(itemMaker && { itemMaker }), ...(taskRunner && { taskRunner }) });
}

/**
 * Fits a kind inside a step: the options merged with the kind's defaults, and the step's progress, checkpoints and cancellation
 * handed through.
 * @throws InvalidConfigError for an option that the kind does not know; what the kind's `fit` throws.
 */
export async function fitKind<O extends object>(
  kind: ModelKind<O>,
  { train, validation }: FitSets,
  { seed, native, params, initialWeights }: FitSurroundings,
  hooks: StepHooks,
): Promise<{ readonly model: Classifier; readonly device: 'cpu' | 'gpu' }> {
  const device = native.device ?? 'cpu';
  const model = await kind.fit(train, validation, mergeOptions(kind, withThreads(kind, params)), {
    seed, native, device, signal: hooks.signal,
    progress: (update) => hooks.progress({ ...update, fraction: update.fraction * FITTING }),
    ...(initialWeights && { initialWeights }),
    ...(hooks.checkpoint && { checkpoint: hooks.checkpoint }),
    ...(hooks.makeAhead && { makeAhead: hooks.makeAhead }),
    ...(hooks.startThreads && { startThreads: hooks.startThreads }),
    ...(hooks.saveCheckpoint && { saveCheckpoint: (bytes) => hooks.saveCheckpoint?.(bytes) ?? Promise.resolve() }),
  });
  return { model, device };
}

function withThreads<O extends object>(kind: ModelKind<O>, { options, threads }: KindParams): JsonObject {
  return threads !== undefined && Object.hasOwn(kind.defaults, 'threads') ? { threads, ...options } : options;
}
