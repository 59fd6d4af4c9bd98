import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { agreement } from '../../ml/evaluation/agreement.js';
import type { Agreement, AgreementRule } from '../../ml/evaluation/agreement.js';
import type { ExportedFiles } from '../../ml/export/export-model.js';
import { isJumping } from '../../ml/export/jumping-models.js';
import { InvalidConfigError, InvalidDataError, InvalidModelError, NativeLibraryError } from '../../shared/errors.js';
import type { ExportFormat } from '../../shared/export-formats.js';
import { CALIBRATED_FORMATS, NETWORK_FORMATS } from '../../shared/export-formats.js';
import { NETWORK_NAMES } from '../../shared/model-names.js';
import type { ModelResult } from '../../shared/run.js';
import type { ArtifactStore } from '../../storage/artifact-store.js';
import type { StepManifest } from '../../storage/manifest.js';
import { stepsOfRun } from '../../storage/run-steps.js';
import { exportFiles } from '../export-files.js';
import { withStaging } from '../staging.js';
import type { OfficialRuntime, RuntimeCall } from './official-runtime.js';
import { RuntimeMissingError } from './runtime-missing-error.js';
import { RUNTIMES } from './runtimes.js';
import { testRows } from './test-rows.js';

/** What came of one file of a model. */
export interface Verification {
  readonly model: string;
  readonly format: ExportFormat;
  /** `not-written`: the format cannot hold the model. `not-verified`: its runtime is not installed. */
  readonly verdict: 'agrees' | 'disagrees' | 'not-verified' | 'not-written';
  /** Name and version; absent where none was asked. */
  readonly runtime?: string;
  readonly agreement?: Agreement;
  /** Of a format that holds weights alone. */
  readonly tensors?: number;
  /** Why there is no agreement, or what the runtime said. */
  readonly reason?: string;
}

/** Where things are. */
export interface VerifyDeps {
  readonly store: ArtifactStore;
  readonly runId: string;
  readonly stagingFolder: string;
  /** Folders of Python packages. */
  readonly python?: readonly string[] | undefined;
}

/** Formats that keep float32 and nothing less. */
const WHOLE = new Set<ExportFormat>(['onnx', 'tflite', 'c', 'tfjs', 'savedmodel', 'xgboost']);

/** Whether a model has files that can be verified: ensembles are exported by their models. */
export function isVerifiable({ artifacts: { model, tflite, testProba }, bases }: ModelResult): boolean {
  return testProba !== undefined && (tflite !== undefined || (model !== undefined && !bases));
}

/** The formats that a model can be expected to have; those in int8 need training images. */
function formatsOf({ kind }: ModelResult): readonly ExportFormat[] {
  if (NETWORK_NAMES.some((name) => name === kind)) return NETWORK_FORMATS.filter((format) => !CALIBRATED_FORMATS.includes(format));
  return kind === 'xgboost' ? ['onnx', 'xgboost'] : ['onnx'];
}

/**
 * Has the official runtime of each format answer all test rows from the files of each model, and compares with what the run says of them. A
 * variant has one file, that of the run, as `tflite`.
 * @param formats @default all that a kind has
 * @throws NotFoundError when the store lacks what the run kept.
 */
export async function* verifyModels(deps: VerifyDeps, models: readonly ModelResult[], formats?: readonly ExportFormat[]): AsyncGenerator<Verification> {
  const steps = await stepsOfRun(deps.store, deps.runId);
  for (const model of models) yield* verifyModel(deps, steps, model, model.artifacts['tflite'] ? ['tflite'] : (formats ?? formatsOf(model)));
}

async function* verifyModel({ store, stagingFolder, python }: VerifyDeps, steps: readonly StepManifest[], model: ModelResult, formats: readonly ExportFormat[]): AsyncGenerator<Verification> {
  const { tflite: variant, model: ref } = model.artifacts;
  const saved = ref && (await store.get(ref));
  const rows = await testRows(store, steps, model);
  for (const format of formats) {
    const of = { model: model.name, format };
    const files = variant ? { [`${model.name}.tflite`]: await store.get(variant) } : await filesOrReason(store, model, format);
    if (typeof files === 'string') {
      yield { ...of, verdict: 'not-written', reason: files };
      continue;
    }
    const rule = variant || !WHOLE.has(format) ? 'accuracy' : isJumping(model.kind) ? 'almost-everywhere' : 'everywhere';
    yield { ...of, ...(await withStaging(stagingFolder, (folder) => ask(RUNTIMES[format], { files, saved, rows, folder: join(folder, 'model'), python }, rule))) };
  }
}

async function filesOrReason(store: ArtifactStore, model: ModelResult, format: ExportFormat): Promise<ExportedFiles | string> {
  try {
    return await exportFiles(store, model, format, 'not stated');
  } catch (error) {
    if (error instanceof InvalidModelError || error instanceof InvalidConfigError) return error.message;
    throw error;
  }
}

async function ask(runtime: OfficialRuntime, call: RuntimeCall, rule: AgreementRule): Promise<Omit<Verification, 'model' | 'format'>> {
  const { expected, labels } = call.rows;
  await mkdir(call.folder);
  try {
    const answers = await runtime(call);
    if ('differing' in answers) {
      const { differing, tensors } = answers;
      const reason = `tensors that are not the model's: ${differing.join(', ')}`;
      return { verdict: differing.length === 0 ? 'agrees' : 'disagrees', runtime: answers.runtime, tensors, ...(differing.length > 0 && { reason }) };
    }
    if (answers.probabilities.length !== expected.data.length) throw new InvalidModelError(`${answers.runtime} gave ${answers.probabilities.length} numbers, expected ${expected.rows} x ${expected.columns}.`);
    const found = agreement(rule, expected, { ...expected, data: answers.probabilities }, labels);
    return { verdict: found.agrees ? 'agrees' : 'disagrees', runtime: answers.runtime, agreement: found };
  } catch (error) {
    if (error instanceof RuntimeMissingError || error instanceof NativeLibraryError) return { verdict: 'not-verified', reason: error.message };
    if (error instanceof InvalidModelError || error instanceof InvalidDataError) return { verdict: 'disagrees', reason: error.message };
    throw error;
  }
}
