import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { agreement } from '../../ml/evaluation/agreement.js';
import type { Agreement, AgreementRule } from '../../ml/evaluation/agreement.js';
import type { Calibration } from '../../ml/export/export-model.js';
import { isJumping } from '../../ml/export/jumping-models.js';
import { InvalidDataError, InvalidModelError, NativeLibraryError } from '../../shared/errors.js';
import type { ExportFormat } from '../../shared/export-formats.js';
import { NETWORK_FORMATS } from '../../shared/export-formats.js';
import type { RunExport } from '../../shared/exports.js';
import { NETWORK_NAMES } from '../../shared/model-names.js';
import type { ModelResult } from '../../shared/run.js';
import type { ArtifactStore } from '../../storage/artifact-store.js';
import type { StepManifest } from '../../storage/manifest.js';
import { stepsOfRun } from '../../storage/run-steps.js';
import { calibrationOfRun } from '../calibration-of-run.js';
import { withStaging } from '../staging.js';
import { modelFiles } from './model-files.js';
import type { FileSources } from './model-files.js';
import type { OfficialRuntime, RuntimeCall } from './official-runtime.js';
import { RuntimeMissingError } from './runtime-missing-error.js';
import { RUNTIMES } from './runtimes.js';
import { testRows } from './test-rows.js';
import type { TestRows } from './test-rows.js';

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
  /** What the run exported, where it did. */
  readonly exports?: readonly RunExport[] | undefined;
  readonly stagingFolder: string;
  /** Folders of Python packages. */
  readonly python?: readonly string[] | undefined;
}

/** Formats that keep float32 and nothing less. */
const WHOLE = new Set<ExportFormat>(['onnx', 'tflite', 'c', 'tfjs', 'savedmodel', 'xgboost']);

/** As the section `export` has it by default. */
const CALIBRATION_IMAGES = 200;

/** Whether a model has files that can be verified: ensembles are exported by their models. */
export function isVerifiable({ artifacts: { model, tflite, testProba }, bases }: ModelResult): boolean {
  return testProba !== undefined && (tflite !== undefined || (model !== undefined && !bases));
}

/** The formats that a model can be expected to have. */
function formatsOf({ kind, artifacts }: ModelResult, wanted: readonly ExportFormat[] | undefined): readonly ExportFormat[] {
  if (artifacts['tflite']) return (['onnx', 'tflite'] as const).filter((format) => artifacts[format] && (wanted?.includes(format) ?? true));
  if (wanted) return wanted;
  if (NETWORK_NAMES.some((name) => name === kind)) return NETWORK_FORMATS;
  return kind === 'xgboost' ? ['onnx', 'xgboost'] : ['onnx'];
}

/**
 * Has the official runtime of each format answer all test rows from the files of each model, and compares with what the run says of them. A
 * variant has the files that the run made.
 * @param wanted formats, @default all that a kind has
 * @throws NotFoundError when the store lacks what the run kept.
 */
export async function* verifyModels(deps: VerifyDeps, models: readonly ModelResult[], wanted?: readonly ExportFormat[]): AsyncGenerator<Verification> {
  const steps = await stepsOfRun(deps.store, deps.runId);
  let calibrated: Promise<Calibration> | undefined;
  const calibration = (): Promise<Calibration> => (calibrated ??= calibrationOfRun(deps.store, deps.runId, CALIBRATION_IMAGES));
  for (const model of models) yield* verifyModel({ ...deps, calibration }, steps, model, formatsOf(model, wanted));
}

async function* verifyModel(deps: VerifyDeps & FileSources, steps: readonly StepManifest[], model: ModelResult, formats: readonly ExportFormat[]): AsyncGenerator<Verification> {
  const { tflite: variant, model: ref } = model.artifacts;
  const saved = ref && (await deps.store.get(ref));
  const rows = await testRows(deps.store, steps, model);
  for (const format of formats) {
    const of = { model: model.name, format };
    const files = await modelFiles(deps, model, format);
    if (typeof files === 'string') {
      yield { ...of, verdict: 'not-written', reason: files };
      continue;
    }
    const rule = variant || !WHOLE.has(format) ? 'accuracy' : isJumping(model.kind) ? 'almost-everywhere' : 'everywhere';
    yield { ...of, ...(await withStaging(deps.stagingFolder, (folder) => ask(RUNTIMES[format], { files, saved, rows, folder: join(folder, 'model'), python: deps.python }, rule))) };
  }
}

async function ask(runtime: OfficialRuntime, call: RuntimeCall & { readonly rows: TestRows }, rule: AgreementRule): Promise<Omit<Verification, 'model' | 'format'>> {
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
