import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { encodeCompressedFile } from '../../ml/compression/coding/compressed-file.js';
import { compressNetwork } from '../../ml/compression/training/compress-network.js';
import type { CompressionPlan } from '../../ml/compression/training/compression-plan.js';
import { accuracy } from '../../ml/evaluation/accuracy.js';
import { argmaxRows } from '../../ml/evaluation/argmax-rows.js';
import type { FitContext } from '../../ml/models/model.js';
import type { NetworkSets } from '../../ml/models/train-engine.js';
import { MODELS } from '../../ml/models/registry.js';
import type { JsonObject } from '../../shared/json.js';
import type { NativePaths } from '../../shared/step.js';
import { writeFileAtomically } from '../../storage/write-file-atomically.js';
import { exportedForms } from './exported-forms.js';
import type { CompressionSettings, Trial } from './settings.js';

/** Where trials compute, and what they leave. */
export interface TrialPlace {
  readonly settings: CompressionSettings;
  readonly sets: NetworkSets;
  /** Of all trials' files. */
  readonly out: string;
  /** Of the settings' files. */
  readonly repository: string;
  readonly native: NativePaths;
  /** Instead of all epochs, to see that a trial works. */
  readonly epochs?: number | undefined;
  readonly threads: number;
}

/** Trains and compresses, resuming from what an interrupted run left; leaves `<key>.json`, the coded network, the header or `.tflite`. */
export async function runTrial({ key, seed, experiment }: Trial, place: TrialPlace): Promise<void> {
  const { out, sets, settings, epochs, native } = place;
  const started = performance.now();
  const start = await startingNetwork(settings, experiment.network, seed, place);
  const teacher = experiment.teacher === undefined ? undefined : await startingNetwork(settings, experiment.teacher, seed, place);
  const { distil: lesson, ...rest } = experiment.plan;
  const plan: CompressionPlan = {
    ...(epochs === undefined ? rest : shortened(rest, epochs)),
    recipe: { threads: place.threads, ...rest.recipe },
    ...(teacher && { distil: { ...lesson, teacher } }),
  };
  const compressed = await compressNetwork(start, sets, plan, context(place, key, seed));
  const loaded = await MODELS[settings.networks[experiment.network]?.kind ?? 'cnn'].load(compressed.bytes, native);
  const validationAccuracy = accuracy(argmaxRows(await loaded.predictProba(sets.validation.x)), sets.validation.labels);
  const { files, bytes } = exportedForms(compressed, start, experiment.form, key);
  for (const [name, content] of Object.entries(files)) await write(join(out, name), content);
  await write(join(out, `${key}.zip`), encodeCompressedFile(compressed));
  const stages = Object.fromEntries(Object.entries(compressed.details).map(([stage, details]) => [stage, accuracyOfStage(details)]));
  const seconds = Math.round((performance.now() - started) / 1000);
  await write(join(out, `${key}.json`), `${JSON.stringify({ name: experiment.name, seed, validationAccuracy, stages, parameters: loaded.parameters, ...bytes, seconds }, null, 1)}\n`);
  console.log(`${key}: ${(100 * validationAccuracy).toFixed(2)} % of the validation images, ${JSON.stringify(bytes)}, ${seconds} s`);
  loaded.dispose();
  rmSync(join(out, `${key}.checkpoint`), { force: true });
}

/** The network that a trial begins with: read, or trained once a seed. */
async function startingNetwork({ networks }: CompressionSettings, name: string, seed: number, place: TrialPlace): Promise<Uint8Array> {
  const network = networks[name];
  if (!network) throw new RangeError(`No network ${name}: known are ${Object.keys(networks).join(', ')}.`);
  if ('file' in network) return readFileSync(join(place.repository, network.file));
  const key = `network-${name}-s${seed}`;
  const path = join(place.out, `${key}.zip`);
  if (existsSync(path)) return readFileSync(path);
  const { train, validation } = place.sets;
  const kind = MODELS[network.kind];
  const options = { ...kind.defaults, threads: place.threads, ...network.params, ...(place.epochs !== undefined && { epochs: place.epochs }) };
  const fitted = await kind.fit(train, validation, options, context(place, key, seed));
  console.log(`${key}: ${(100 * accuracy(argmaxRows(await fitted.predictProba(validation.x)), validation.labels)).toFixed(2)} % of the validation images, ${fitted.parameters} numbers`);
  await write(path, await fitted.save());
  fitted.dispose();
  rmSync(join(place.out, `${key}.checkpoint`), { force: true });
  return readFileSync(path);
}

function context({ out, native }: TrialPlace, key: string, seed: number): FitContext {
  const path = join(out, `${key}.checkpoint`);
  let note: string | undefined;
  return {
    seed, native, signal: new AbortController().signal,
    progress(update) {
      if (update.note !== note) console.log(`${key}: ${update.note ?? ''} ${JSON.stringify(update.metrics ?? {})}`);
      note = update.note;
    },
    ...(existsSync(path) && { checkpoint: readFileSync(path) }),
    saveCheckpoint: (bytes) => write(path, bytes),
  };
}

function shortened(plan: Omit<CompressionPlan, 'distil'>, epochs: number): Omit<CompressionPlan, 'distil'> {
  const { channels, prune, cluster, quantize, settle } = plan;
  return {
    ...plan, epochs,
    ...(channels && { channels: { ...channels, epochs } }), ...(prune && { prune: { ...prune, epochs } }),
    ...(cluster && { cluster: { ...cluster, epochs } }), ...(settle && { settle: { ...settle, epochs } }), ...(quantize && { quantize: { ...quantize, epochs } }),
  };
}

function accuracyOfStage(details: JsonObject[string] | undefined): number {
  return (details as { readonly validationAccuracy: number }).validationAccuracy;
}

/** Whole or not at all. */
function write(path: string, content: Uint8Array | string): Promise<void> {
  return writeFileAtomically(path, Buffer.from(content), { flush: false });
}
