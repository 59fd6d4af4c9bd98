import type { PredictingModel } from '../activities/predict-images.js';
import type { ArtifactRef } from '../shared/artifact.js';
import type { ModelConfig } from '../shared/config.js';
import { ENSEMBLE } from '../shared/ensemble-methods.js';
import { MODEL_NAMES } from '../shared/model-names.js';
import type { ModelResult, RunResult } from '../shared/run.js';
import { noSuchModel } from './no-such-model.js';

/** A model of its own: it can be asked, and be the base of a stack. */
interface Base {
  readonly name: string;
  readonly config: ModelConfig;
  readonly artifacts: { readonly model: ArtifactRef };
}

/** What answers, and what validation rows taught of its probabilities, where its run was calibrated. */
interface Answering {
  readonly name: string;
  readonly predicting: PredictingModel;
  readonly calibration?: ArtifactRef;
}

/**
 * What of a finished run answers questions: the model of the wanted name (an ensemble's method names it too), or where none is wanted the ensemble, else the CNN, else the first.
 * @throws NotFoundError that names those that can answer.
 */
export function answeringModel({ runId, models }: RunResult, wanted?: string): Answering {
  const able = models.flatMap((model) => {
    const predicting = predictingModel(model, models);
    const { calibration } = model.artifacts;
    return predicting ? [{ name: model.name, kind: model.kind, predicting, ...(calibration && { calibration }) }] : [];
  });
  const found = wanted === undefined
    ? (able.find(({ name }) => name === ENSEMBLE) ?? able.find(({ kind }) => kind === 'cnn') ?? able[0])
    : (able.find(({ name }) => name === wanted) ?? able.find(({ name, kind }) => name === ENSEMBLE && kind === wanted));
  if (found) return found;
  throw noSuchModel(runId, wanted, able.map(({ name }) => name), ' that can answer');
}

function predictingModel(model: ModelResult, all: readonly ModelResult[]): PredictingModel | undefined {
  const { tflite, onnx, model: meta } = model.artifacts;
  if (model.kind === 'onnx' && onnx) return { as: 'onnx', onnx };
  if (tflite) return { as: 'tflite', tflite };
  if (!model.bases) {
    const base = baseOf(model);
    return base && { as: 'model', config: base.config, model: base.artifacts.model };
  }
  const bases = model.bases.flatMap((name) => {
    const base = all.find((other) => other.name === name);
    return (base && baseOf(base)) ?? [];
  });
  return meta && bases.length === model.bases.length ? { as: 'stack', meta, bases } : undefined;
}

function baseOf({ name, kind, input, artifacts: { model } }: ModelResult): Base | undefined {
  const known = MODEL_NAMES.find((of) => of === kind);
  return known && input && model && { name, artifacts: { model }, config: { kind: known, input, params: {}, device: 'cpu', rows: 'original' } };
}
