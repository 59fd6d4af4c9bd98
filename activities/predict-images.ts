import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Piscina } from 'piscina';
import { decodeNpy, encodeNpy } from '../ml/data/npy.js';
import type { Matrix } from '../ml/matrix.js';
import { CLASSES } from '../ml/models/model.js';
import type { ArtifactRef } from '../shared/artifact.js';
import type { ModelConfig } from '../shared/config.js';
import { InvalidDataError, InvalidModelError } from '../shared/errors.js';
import type { JsonObject } from '../shared/json.js';
import { ProgressState } from './bridge/progress-state.js';
import { runInProcess } from './bridge/run-in-process.js';
import { runInThread } from './bridge/run-in-thread.js';
import { inputParam, threadsOf } from './model-params.js';
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

/**
 * Class probabilities (float32 [rows, 10]) of images in MNIST's form (28 x 28, bright ink, row after row), outside Temporal
 * and without a trace in the store. It runs the very steps that the pipeline runs.
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
  const { step, params, stored, given } = await callOf(deps, predicting, encodeNpy(pixels, [rows, SIDE, SIDE]), signal);

  return withStaging(deps.stagingFolder, async (folder) => {
    const files: Record<string, string[]> = await stageFiles(store, stored, folder, { signal, done: () => undefined });
    for (const [i, [role, bytes]] of Object.entries(given).entries()) {
      const path = join(folder, `rows-${i}`);
      await writeFile(path, bytes);
      files[role] = [path];
    }
    const { outputs } = await runInProcess({
      entry: steps.named(step).entry,
      task: { params, seed: 0, native: native.paths, files, folder },
      env: { ...deps.childEnvironment, ...threadLimits(params) },
      state: new ProgressState(),
      signal,
      saveCheckpoint: () => Promise.resolve(),
      warn: (message) => log.warn({ step }, message),
    });
    const path = outputs['testProba']?.path;
    const proba = path === undefined ? undefined : decodeNpy(await readFile(path), 'testProba');
    if (proba?.dtype !== 'f4' || proba.data.length !== rows * CLASSES) throw new InvalidModelError(`The model gave no probabilities for ${rows} images.`);
    return { rows, columns: CLASSES, data: proba.data };
  });
}

/** A step that predicts: its parameters, what it takes from the store, and the images or features that it is given. */
interface PredictCall {
  readonly step: string;
  readonly params: JsonObject;
  readonly stored: Readonly<Record<string, readonly ArtifactRef[]>>;
  readonly given: Readonly<Record<string, Uint8Array>>;
}

async function callOf(deps: PredictDeps, predicting: PredictingModel, images: Uint8Array, signal: AbortSignal): Promise<PredictCall> {
  switch (predicting.as) {
    case 'model': {
      const { config, model } = predicting;
      const given = typeof config.input === 'string' ? { images } : await features(deps, images, config.input, signal);
      return { step: `predict-${config.kind}`, params: { input: inputParam(config), threads: threadsOf(config) }, stored: { model: [model] }, given };
    }
    case 'tflite':
      return { step: 'predict-tflite', params: { threads: 1 }, stored: { tflite: [predicting.tflite] }, given: { images } };
    case 'onnx':
      return { step: 'predict-onnx', params: { threads: 1 }, stored: { onnx: [predicting.onnx] }, given: { images } };
    case 'stack': {
      const { models, bases } = stackCall(predicting.bases);
      return { step: 'predict-stack', params: { models, threads: 1 }, stored: { ...bases, meta: [predicting.meta] }, given: { images } };
    }
  }
}

async function features(
  { steps, native }: PredictDeps,
  images: Uint8Array,
  families: readonly string[],
  signal: AbortSignal,
): Promise<Record<string, Uint8Array>> {
  const pool = new Piscina({ minThreads: 1, maxThreads: 1 });
  try {
    const input = { params: { families: [...families] }, seed: 0, inputs: { images: [images] }, native: native.paths };
    const { outputs } = await runInThread({ pool, entry: steps.named('extract-features').entry, input, state: new ProgressState(), signal });
    return Object.fromEntries(Object.entries(outputs).map(([name, { bytes }]) => [`x:${name}`, bytes]));
  } finally {
    await pool.destroy();
  }
}
