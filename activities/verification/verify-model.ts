import { join } from 'node:path';
import type { AgreementRule } from '../../ml/evaluation/agreement.js';
import type { Calibration } from '../../ml/export/export-model.js';
import { isJumping } from '../../ml/export/jumping-models.js';
import { placesOf } from '../../ml/models/places-of.js';
import { readLayersModel } from '../../ml/models/read-layers-model.js';
import { offsetsOf } from '../../ml/training/test-time-augmentation.js';
import type { ExportFormat } from '../../shared/export-formats.js';
import type { RunExport } from '../../shared/exports.js';
import { NETWORK_NAMES } from '../../shared/model-names.js';
import type { ModelResult } from '../../shared/run.js';
import type { NativePaths } from '../../shared/step.js';
import type { ArtifactStore } from '../../storage/artifact-store.js';
import type { StepManifest } from '../../storage/manifest.js';
import { stepsOfRun } from '../../storage/run-steps.js';
import { calibrationOfRun } from '../calibration-of-run.js';
import { ensembleParts } from '../ensemble-parts.js';
import { withStaging } from '../staging.js';
import { ask } from './ask.js';
import { averagedRuntime } from './averaged-runtime.js';
import { formatsOf } from './formats-of.js';
import { loadAnswering } from './load-answering.js';
import { modelFiles } from './model-files.js';
import type { FileSources } from './model-files.js';
import { roundsAnswers } from './rounds-answers.js';
import { RUNTIMES } from './runtimes.js';
import { testRows } from './test-rows.js';
import type { Verification } from './verification.js';

/** The models of a run, and which of them are to be verified. */
export interface VerifiedModels {
  readonly models: readonly ModelResult[];
  /** @default all of them */
  readonly named?: readonly ModelResult[];
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
  /** What runs the models themselves, where a row is to be shown to be a tie. */
  readonly native: NativePaths;
}

/** As the section `export` has it by default. */
const CALIBRATION_IMAGES = 200;

/** Whether a model has files that can be verified. */
export function isVerifiable({ artifacts: { model, tflite, testProba } }: ModelResult): boolean {
  return testProba !== undefined && (tflite !== undefined || model !== undefined);
}

/**
 * Has the official runtime of each format answer all test rows from the files of each model, and compares with what the run says of them. A
 * variant has the files that the run made; an ensemble answers from what its file takes.
 * @param wanted formats, @default all that a kind has
 * @throws NotFoundError when the store lacks what the run kept.
 */
export async function* verifyModels(deps: VerifyDeps, { models, named = models }: VerifiedModels, wanted?: readonly ExportFormat[]): AsyncGenerator<Verification> {
  const steps = await stepsOfRun(deps.store, deps.runId);
  let calibrated: Promise<Calibration> | undefined;
  const calibration = (): Promise<Calibration> => (calibrated ??= calibrationOfRun(deps.store, deps.runId, CALIBRATION_IMAGES));
  for (const model of named) yield* verifyModel({ ...deps, models, calibration }, steps, model, formatsOf(model, deps.exports ?? [], wanted));
}

async function* verifyModel(deps: VerifyDeps & FileSources, steps: readonly StepManifest[], model: ModelResult, formats: readonly ExportFormat[]): AsyncGenerator<Verification> {
  const { model: ref } = model.artifacts;
  const saved = ref && (await deps.store.get(ref));
  const rounds = await roundsAnswers(deps.store, model);
  const rows = await testRows(deps.store, steps, deps.models, model);
  const isNetwork = NETWORK_NAMES.some((name) => name === model.kind);
  const places = saved && isNetwork ? placesOf(readLayersModel(saved)) : offsetsOf(1);
  for await (const { format, origin, files } of modelFiles(deps, model, formats)) {
    const of = { model: model.name, format, origin };
    const runtime = format === 'safetensors' ? RUNTIMES[format] : averagedRuntime(RUNTIMES[format], places);
    if (typeof files === 'string') {
      yield { ...of, verdict: 'not-written', reason: files };
      continue;
    }
    const rule: AgreementRule = rounds(format, origin) ? 'accuracy' : jumps(deps.models, model) ? 'almost-everywhere' : 'everywhere';
    const asked = { rows, rule, load: () => loadAnswering(deps, model) };
    yield { ...of, files: Object.keys(files), ...(places.length > 1 && { places: places.length }), ...(await withStaging(deps.stagingFolder, (folder) => ask(runtime, { files, saved, rows, folder: join(folder, 'model'), python: deps.python }, asked))) };
  }
}

/** Whether its file may answer otherwise where a tie falls to the other side: by its kind, or by a model that is in the same file. */
function jumps(models: readonly ModelResult[], model: ModelResult): boolean {
  if (!model.bases) return isJumping(model.kind);
  const { parts, common } = ensembleParts(models, model);
  return isJumping(model.kind) || (common !== undefined && parts.some(({ kind }) => isJumping(kind)));
}
