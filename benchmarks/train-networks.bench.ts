import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { makeItemsAhead } from '../activities/bridge/make-items-ahead.js';
import { encodeNpy } from '../ml/data/npy.js';
import { accuracy } from '../ml/evaluation/accuracy.js';
import { argmaxRows } from '../ml/evaluation/argmax-rows.js';
import { rowsBetween } from '../ml/matrix.js';
import type { LabelledMatrix } from '../ml/matrix.js';
import { mergeOptions } from '../ml/models/merge-options.js';
import type { Classifier } from '../ml/models/model.js';
import { MODELS } from '../ml/models/registry.js';
import { TRAINING_AUGMENTATION } from '../shared/augmentation-documents.js';
import type { JsonObject } from '../shared/json.js';
import type { ModelName } from '../shared/model-names.js';
import { writeFileAtomically } from '../storage/write-file-atomically.js';
import { readHalf } from './mnist-halves.js';
import { nativePaths } from './native-paths.js';

/*
 * Trains networks of settings files (benchmarks/deep) with several seeds without a stack, several processes at once: for a machine that is
 * had for minutes, such as one with a GPU. First seeds of all come first; what is in the folder already is not trained again.
 * A fit leaves its weights, the probabilities of the 10,000 validation and 10,000 test images, and its figures with the time of each epoch.
 *
 *   node dist/benchmarks/train-networks.bench.js --out <folder> [--seeds 3] [--at-once 1] [--device gpu --tensorflow <folder of the library>]
 *     [--warm: one epoch before, in the same process, so that a GPU's kernels are loaded and chosen when the time begins]
 *     [--minutes 10] [--only cnn,residual-cnn] [--file benchmarks/deep/...json] (several)
 */
const VALIDATION = 10_000;
const MNIST = fileURLToPath(new URL('../../data/mnist/', import.meta.url));
const { values } = parseArgs({
  options: {
    out: { type: 'string' }, seeds: { type: 'string', default: '3' }, 'at-once': { type: 'string', default: '1' }, device: { type: 'string', default: 'cpu' },
    tensorflow: { type: 'string' }, minutes: { type: 'string', default: '1000' }, only: { type: 'string' }, file: { type: 'string', multiple: true, default: [] }, one: { type: 'string' }, warm: { type: 'boolean', default: false },
  },
});
const out = values.out ?? '';
if (out === '') throw new RangeError('--out <folder> is missing: where the fits go.');
mkdirSync(out, { recursive: true });
const device = values.device === 'gpu' ? 'gpu' : 'cpu';

interface Fit {
  readonly name: string;
  readonly seed: number;
  readonly kind: ModelName;
  readonly params: JsonObject;
}

if (values.one === undefined) await trainAll(fitsAsked());
else await train(JSON.parse(values.one) as Fit);
process.exit(process.exitCode ?? 0);

function fitsAsked(): Fit[] {
  const only = values.only?.split(',');
  const models = values.file.flatMap((file) => {
    const { train: { models: all } } = JSON.parse(readFileSync(file, 'utf8')) as { train: { models: Record<string, { kind: ModelName; params: JsonObject } | null> } };
    return Object.entries(all).flatMap(([name, model]) => (model && (!only || only.includes(name)) ? [{ name, ...model }] : []));
  });
  return Array.from({ length: Number(values.seeds) }, (_, i) => i + 1).flatMap((seed) =>
    models.map(({ name, kind, params }) => ({ name, seed, kind, params: params['augment'] === 'section' ? { ...params, augment: TRAINING_AUGMENTATION } : params })));
}

function fileOf({ name, seed }: Fit, end: string): string {
  return join(out, `${name}-${seed}${end}`);
}

async function trainAll(fits: readonly Fit[]): Promise<void> {
  const waiting = fits.filter((fit) => !existsSync(fileOf(fit, '.json')));
  const until = Date.now() + 60_000 * Number(values.minutes);
  await Promise.all(Array.from({ length: Number(values['at-once']) }, async () => {
    for (let fit = waiting.shift(); fit && Date.now() < until; fit = waiting.shift()) await inProcess(fit);
  }));
}

function inProcess(fit: Fit): Promise<void> {
  const args = [fileURLToPath(import.meta.url), '--out', out, '--device', device, ...(values.tensorflow === undefined ? [] : ['--tensorflow', values.tensorflow]), ...(values.warm ? ['--warm'] : []), '--one', JSON.stringify(fit)];
  const env = { TF_CPP_MIN_LOG_LEVEL: '1', TF_FORCE_GPU_ALLOW_GROWTH: 'true', OMP_NUM_THREADS: '1', ...process.env };
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'inherit', 'inherit'] });
    child.on('error', reject);
    child.on('exit', (code) => {
      if (code !== 0) {
        process.exitCode = 1;
        console.error(`${fit.name}, seed ${fit.seed}, ended with ${code}.`);
      }
      resolve();
    });
  });
}

async function train(fit: Fit): Promise<void> {
  const kind = MODELS[fit.kind];
  const all = readHalf(MNIST, 'train');
  const border = all.x.rows - VALIDATION;
  const part = (from: number, to: number): LabelledMatrix => ({ x: rowsBetween(all.x, from, to), labels: all.labels.subarray(from, to) });
  const [rows, validation] = [part(0, border), part(border, all.x.rows)];
  const { tensorflow } = { ...nativePaths(), ...(values.tensorflow !== undefined && { tensorflow: values.tensorflow }) };
  const options = mergeOptions(kind, { threads: 1, ...fit.params });
  let started = performance.now();
  const seconds = (): number => Number(((performance.now() - started) / 1000).toFixed(2));
  let epochs: { readonly seconds: number; readonly note?: string; readonly validationAccuracy: number }[] = [];
  const fitted = (chosen: typeof options): Promise<Classifier> => kind.fit(rows, validation, chosen, {
    seed: fit.seed, device, native: { ...(tensorflow !== undefined && { tensorflow }), device }, signal: new AbortController().signal,
    makeAhead: makeItemsAhead(new URL(`../steps/fit-${fit.kind}.js`, import.meta.url).href),
    progress: ({ note, metrics }) => {
      const reached = metrics?.['validationAccuracy'];
      if (reached !== undefined && reached !== epochs.at(-1)?.validationAccuracy) epochs.push({ seconds: seconds(), ...(note !== undefined && { note }), validationAccuracy: reached });
    },
  });
  if (values.warm) {
    (await fitted({ ...options, epochs: 1 })).dispose();
    epochs = [];
    started = performance.now();
  }
  const model = await fitted(options);
  const took = seconds();
  const judged = async (set: LabelledMatrix, end: string): Promise<number> => {
    const proba = await model.predictProba(set.x);
    await save(fileOf(fit, end), encodeNpy(proba.data, [proba.rows, proba.columns]));
    return accuracy(argmaxRows(proba), set.labels);
  };
  const figures = {
    name: fit.name, kind: fit.kind, seed: fit.seed, device, runtime: model.runtime, parameters: model.parameters, seconds: took,
    validationAccuracy: await judged(validation, '.validation.npy'), testAccuracy: await judged(readHalf(MNIST, 't10k'), '.test.npy'), epochs,
  };
  await save(fileOf(fit, '.zip'), await model.save());
  await save(fileOf(fit, '.json'), JSON.stringify(figures));
  console.log(JSON.stringify({ ...figures, epochs: epochs.length }));
  model.dispose();
}

function save(file: string, content: Uint8Array | string): Promise<void> {
  return writeFileAtomically(file, Buffer.from(content), { flush: false });
}
