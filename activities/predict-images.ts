import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeNpy, encodeNpy } from '../ml/data/npy.js';
import type { Matrix } from '../ml/matrix.js';
import { CLASSES } from '../ml/models/model.js';
import type { ArtifactRef } from '../shared/artifact.js';
import type { ModelConfig } from '../shared/config.js';
import { InvalidDataError, InvalidModelError } from '../shared/errors.js';
import type { Json } from '../shared/json.js';
import { ProgressState } from './bridge/progress-state.js';
import { runInProcess } from './bridge/run-in-process.js';
import { stackCall } from './stack-call.js';
import type { StackedModel } from './stack-call.js';
import { stageFiles, withStaging } from './staging.js';
import { threadLimits } from './thread-limits.js';
import type { StepDeps } from './step-deps.js';

/** Whatever of a run can answer: a model, a variant (a `.tflite` or an ONNX file), or a stack with its bases in the order of its columns. */
export type PredictingModel =
  | { readonly as: 'model'; readonly config: ModelConfig; readonly model: ArtifactRef }
  | { readonly as: 'tflite'; readonly tflite: ArtifactRef }
  | { readonly as: 'onnx'; readonly onnx: ArtifactRef }
  | { readonly as: 'stack'; readonly meta: ArtifactRef; readonly bases: readonly StackedModel[] };

type PredictDeps = Pick<StepDeps, 'store' | 'steps' | 'native' | 'stagingFolder' | 'childEnvironment' | 'log'>;

const SIDE = 28;
const STEP = 'answer';

/**
 * Class probabilities (float32 [rows, 10]) of images in MNIST's form (28 x 28, bright ink, row after row), outside Temporal
 * and without a trace in the store, by what serves the model.
 * @throws InvalidDataError when the pixels are no whole images; what the steps throw.
 */
export async function predictImages(
  deps: PredictDeps,
  predicting: PredictingModel,
  pixels: Uint8Array,
  signal: AbortSignal = new AbortController().signal,
): Promise<Matrix<Float32Array>> {
  const rows = pixels.length / (SIDE * SIDE);
  if (rows === 0 || !Number.isInteger(rows)) throw new InvalidDataError(`${pixels.length} pixels are no whole images of ${SIDE} x ${SIDE}.`);
  const { store, steps, native, log } = deps;
  const { models, stored } = callOf(predicting);
  const params = { models, threads: 1 };

  return withStaging(deps.stagingFolder, async (folder) => {
    const images = join(folder, 'images');
    await writeFile(images, encodeNpy(pixels, [rows, SIDE, SIDE]));
    const files = { ...(await stageFiles(store, stored, folder, { signal, done: () => undefined })), images: [images] };
    const { outputs } = await runInProcess({
      entry: steps.named(STEP).entry,
      task: { params, seed: 0, native: native.paths, files, folder },
      env: { ...deps.childEnvironment, ...threadLimits(params) },
      state: new ProgressState(),
      signal,
      saveCheckpoint: () => Promise.resolve(),
      warn: (message) => log.warn({ step: STEP }, message),
    });
    const path = outputs['testProba']?.path;
    const proba = path === undefined ? undefined : decodeNpy(await readFile(path), 'testProba');
    if (proba?.dtype !== 'f4' || proba.data.length !== rows * CLASSES) throw new InvalidModelError(`The model gave no probabilities for ${rows} images.`);
    return { rows, columns: CLASSES, data: proba.data };
  });
}

function callOf(predicting: PredictingModel): { readonly models: readonly Json[]; readonly stored: Readonly<Record<string, readonly ArtifactRef[]>> } {
  switch (predicting.as) {
    case 'model': {
      const { config, model } = predicting;
      const { models, bases } = stackCall([{ name: config.kind, config, artifacts: { model } }]);
      return { models, stored: bases };
    }
    case 'tflite':
      return { models: [], stored: { tflite: [predicting.tflite] } };
    case 'onnx':
      return { models: [], stored: { onnx: [predicting.onnx] } };
    case 'stack': {
      const { models, bases } = stackCall(predicting.bases);
      return { models, stored: { ...bases, meta: [predicting.meta] } };
    }
  }
}
