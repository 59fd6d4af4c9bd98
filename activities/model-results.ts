import pLimit from 'p-limit';
import type { CandidateEntry } from '../shared/contracts/candidates.js';
import type { EvaluatedCandidates } from '../shared/contracts/records.js';
import { InternalError } from '../shared/errors.js';
import type { JsonObject } from '../shared/json.js';
import type { LatencyMeasurement } from '../shared/metrics.js';
import type { ModelResult } from '../shared/run.js';
import type { StepManifest } from '../storage/manifest.js';
import { joinedKeys } from './joined-keys.js';
import { calibrationsOf } from './calibrations-of.js';
import type { ManifestReader } from './manifest-reader.js';
import { readCandidates } from './read-candidates.js';

const CONCURRENT_READS = 8;

/** A row of the result table before it is known whether it came from the store, and what the step that made it said of itself. */
export interface TabledModel {
  readonly result: Omit<ModelResult, 'cached'>;
  readonly fit: JsonObject;
}

/** What the table is read from. */
export interface ResultSources {
  readonly read: ManifestReader;
  readonly manifestOf: (key: string) => Promise<StepManifest>;
}

/**
 * The table of models: names and sizes from the candidates' entries, seconds from the manifests of their steps, figures from the
 * evaluation. Of an ensemble, its bases count as well.
 * @throws NotFoundError when something of it is gone; InternalError when the evaluation or the timings are of other candidates.
 */
export async function modelResults({ read, manifestOf }: ResultSources, { candidates, evaluation, measured, calibrated, gate }: EvaluatedCandidates): Promise<TabledModel[]> {
  const limit = pLimit(CONCURRENT_READS);
  const manifests = remembered((key) => limit(() => manifestOf(key)));
  const entries = await readCandidates(read, candidates);
  const { models: evaluated, seeds = [] } = await read.evaluation(evaluation);
  const figures = new Map(evaluated.map((model) => [model.name, model]));
  const timed = await joinedKeys(read, measured);
  if (timed.length > entries.length) throw new InternalError(`${timed.length} candidates were timed, ${entries.length} evaluated.`);
  const gated = new Map((gate ? (await read.gate(gate)).variants : []).map((variant) => [variant.name, variant]));
  const calibrations = await calibrationsOf({ read, manifestOf: manifests }, calibrated, entries.length);

  return Promise.all(entries.map(async (entry, i) => {
    const { name, modelKind, config, seedOf, bases, of, artifacts, note } = entry;
    const figure = figures.get(name);
    if (!figure) throw new InternalError(`The evaluation says nothing of ${name}; it knows ${[...figures.keys()].join(', ')}.`);
    const needed = await withBases(read, entry);
    const made = await Promise.all([...new Set(await trainingKeys(read, entry))].map(manifests));
    const folds = await Promise.all([...new Set(made.flatMap(foldKeys))].map(manifests));
    const steps = [...made, ...folds];
    const { summary, computedSeconds, resumedFrom } = await manifests(entry.fit);
    const calibration = calibrations[i];
    const verdict = gated.get(name);
    const spread = seeds.find(({ model }) => model === name);
    const latency = timed[i] === undefined ? undefined : latencyOf(await manifests(timed[i]));
    return {
      result: {
        name,
        kind: modelKind,
        ...(config && { input: config.input }),
        ...(config?.origin && { origin: config.origin }),
        ...(bases && { bases: bases.map((base) => base.name) }),
        ...(of && { of: of.name }),
        ...(verdict && { gate: { passed: verdict.passed, chosen: verdict.chosen, reasons: verdict.reasons } }),
        ...(seedOf && { seedOf }),
        ...(spread && { seeds: { names: spread.names, accuracy: spread.accuracy, logLoss: spread.logLoss } }),
        testAccuracy: figure.accuracy,
        logLoss: figure.logLoss,
        ece: figure.ece,
        ...(latency && { latency }),
        bytes: sum(needed.map(shippedBytes)),
        parameters: sum(needed.map(({ parameters }) => parameters)),
        trainingSeconds: sum(steps.map(({ computedSeconds }) => computedSeconds)),
        artifacts: { ...artifacts, ...(calibration && { calibration }) },
      },
      fit: { ...summary, ...trainingSpeed(summary, computedSeconds), ...(note !== undefined && { note }), ...(resumedFrom !== undefined && { resumedFrom }) },
    };
  }));
}

/** A candidate and all that it needs to answer, each once. */
async function withBases(read: ManifestReader, entry: CandidateEntry): Promise<CandidateEntry[]> {
  const found = new Map([[entry.name, entry]]);
  for (const base of await readCandidates(read, entry.bases ?? [])) for (const each of await withBases(read, base)) found.set(each.name, each);
  return [...found.values()];
}

/** Keys of all steps that it took to get here from features or pixels. */
async function trainingKeys(read: ManifestReader, { fit, training = [], bases = [], of }: CandidateEntry): Promise<string[]> {
  const before = await readCandidates(read, of ? [...bases, of] : bases);
  return [fit, ...training, ...(await Promise.all(before.map((entry) => trainingKeys(read, entry)))).flat()];
}

/** Keys of the folds that a step has joined. */
function foldKeys({ parts: { step, params } }: StepManifest): string[] {
  const { folds } = params;
  return step === 'join-folds' && Array.isArray(folds) ? folds.filter((key) => typeof key === 'string') : [];
}

/** Size of what a candidate is shipped as. Of a network's variant that is its `.tflite` file: the saved layers of one that was trained are float32 still. */
export function shippedBytes({ artifacts: { model, tflite } }: CandidateEntry): number {
  return (tflite ?? model)?.bytes ?? 0;
}

function latencyOf({ summary }: StepManifest): LatencyMeasurement {
  const { runtime, p50Ms, p99Ms, imagesPerSecond } = summary as JsonObject & LatencyMeasurement;
  return { runtime, p50Ms, p99Ms, imagesPerSecond };
}

/** Of a network: images a second over its whole fit, with validation, checkpoints and the start of its process. */
function trainingSpeed({ trainingImages }: JsonObject, seconds: number): JsonObject {
  return typeof trainingImages === 'number' && seconds > 0 ? { trainingImagesPerSecond: Math.round(trainingImages / seconds) } : {};
}

function remembered(load: (key: string) => Promise<StepManifest>): (key: string) => Promise<StepManifest> {
  const known = new Map<string, Promise<StepManifest>>();
  return (key) => {
    const loading = known.get(key) ?? load(key);
    known.set(key, loading);
    return loading;
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
