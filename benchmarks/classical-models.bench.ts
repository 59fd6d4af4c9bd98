import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startTaskThreads } from '../activities/bridge/start-task-threads.js';
import { optionsOf, threadsOf } from '../activities/model-params.js';
import { assembleInput } from '../ml/data/assemble-input.js';
import { readIdxImages, readIdxLabels } from '../ml/data/idx.js';
import { encodeNpy } from '../ml/data/npy.js';
import { accuracy } from '../ml/evaluation/accuracy.js';
import { argmaxRows } from '../ml/evaluation/argmax-rows.js';
import { logLoss } from '../ml/evaluation/log-loss.js';
import { extractRows } from '../ml/features/extract-rows.js';
import { familyNamed } from '../ml/features/registry.js';
import { rowsBetween } from '../ml/matrix.js';
import type { LabelledMatrix } from '../ml/matrix.js';
import type { FitContext } from '../ml/models/model.js';
import { MODELS } from '../ml/models/registry.js';
import type { ModelConfig, PresetName } from '../shared/config.js';
import { PRESETS } from '../shared/config.js';
import { PRESET_CONFIGS } from '../shared/presets.js';
import { nativePaths } from './native-paths.js';
import { onnxAgreement } from './onnx-agreement.js';

/*
 * Every classical model of a preset with the preset's own settings and input, on MNIST's training images: the first 50,000 to fit on, the last
 * 10,000 to judge by. A line of JSON a model and seed: accuracy and log-loss of the validation images, processor seconds of the fit (of all its
 * threads), seconds to predict 10,000 images, bytes on disk, peak memory with the input in it. Each fit has a process of its own, so the peak is
 * its own. The test images are not read: figures of them come from runs of the pipeline. With --onnx also how far the model's ONNX file in ONNX
 * Runtime is from the model on the validation images, and the time of one image in both.
 *
 *   OMP_NUM_THREADS=1 TF_NUM_INTRAOP_THREADS=1 TF_NUM_INTEROP_THREADS=1 \
 *     node dist/benchmarks/classical-models.bench.js [--preset full] [--models svm,xgboost] [--seeds 1,2,3] [--fit 5000 --validation 1000] [--onnx]
 */
const IMAGES = 60_000;
const SIDE = 28;
const { values: given } = parseArgs({ options: {
  preset: { type: 'string', default: 'full' }, models: { type: 'string' }, seeds: { type: 'string', default: '1' },
  fit: { type: 'string', default: '50000' }, validation: { type: 'string', default: '10000' }, features: { type: 'string' }, one: { type: 'string' },
  onnx: { type: 'boolean', default: false },
} });
const preset = PRESETS.find((name) => name === given.preset);
if (!preset) throw new RangeError(`--preset is ${given.preset}; expected ${PRESETS.join(', ')}.`);
const [fitRows, validationRows] = [given.fit, given.validation].map(Number) as [number, number];
if (!(fitRows > 0 && validationRows > 0 && fitRows + validationRows <= IMAGES)) throw new RangeError(`--fit and --validation are ${given.fit} and ${given.validation}; expected whole numbers that sum to at most ${IMAGES}.`);
const classical = classicalModels(preset);
const seeds = given.seeds.split(',').map(Number);

if (given.one !== undefined) await measure(given.one, modelNamed(given.one), seeds[0] ?? 1, given.features ?? '');
else inProcesses(given.models === undefined ? Object.keys(classical) : given.models.split(','));

function classicalModels(of: PresetName): Readonly<Record<string, ModelConfig>> {
  return Object.fromEntries(Object.entries(PRESET_CONFIGS[of].train.models).filter(([, { kind }]) => kind !== 'cnn'));
}

function modelNamed(name: string): ModelConfig {
  const model = classical[name];
  if (!model) throw new RangeError(`${name} is no classical model of the preset ${given.preset}; it has ${Object.keys(classical).join(', ')}.`);
  return model;
}

/** A process a model and seed; the features that they need are extracted once, before. */
function inProcesses(names: readonly string[]): void {
  const models = names.map((name) => ({ name, model: modelNamed(name) }));
  const folder = mkdtempSync(join(tmpdir(), 'digitloom-bench-'));
  try {
    console.log(JSON.stringify({ processor: cpus()[0]?.model, cores: cpus().length, node: process.version, preset: given.preset, fit: fitRows, validation: validationRows }));
    extractTo(folder, new Set(models.flatMap(({ model: { input } }) => (typeof input === 'string' ? [] : input))));
    for (const { name } of models) {
      for (const seed of seeds) {
        const args = ['--one', name, '--preset', given.preset, '--seeds', String(seed), '--fit', given.fit, '--validation', given.validation, '--features', folder, ...(given.onnx ? ['--onnx'] : [])];
        process.stdout.write(execFileSync(process.execPath, [fileURLToPath(import.meta.url), ...args], { stdio: ['ignore', 'pipe', 'inherit'] }));
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function extractTo(folder: string, families: ReadonlySet<string>): void {
  for (const family of families) {
    const [matrix] = extractRows({ rows: fitRows + validationRows, columns: SIDE * SIDE, data: pixels() }, { width: SIDE, height: SIDE }, [familyNamed(family)]);
    if (matrix) writeFileSync(join(folder, family), encodeNpy(matrix.data, [matrix.rows, matrix.columns]));
  }
}

async function measure(name: string, model: ModelConfig, seed: number, folder: string): Promise<void> {
  const kind = MODELS[model.kind];
  const { input } = model;
  const shards = typeof input === 'string'
    ? { images: [encodeNpy(pixels(), [fitRows + validationRows, SIDE, SIDE])] }
    : Object.fromEntries(input.map((family) => [`x:${family}`, [new Uint8Array(readFileSync(join(folder, family)))]]));
  const [x, labels] = [assembleInput(input, shards), readIdxLabels(file('labels-idx1'), 'labels')];
  const part = (from: number, to: number): LabelledMatrix => ({ x: rowsBetween(x, from, to), labels: rowLabels(labels).subarray(from, to) });
  const [train, validation] = [part(0, fitRows), part(fitRows, fitRows + validationRows)];
  const context: FitContext = {
    seed, native: nativePaths(), signal: new AbortController().signal, progress: () => undefined,
    startThreads: startTaskThreads(new URL(`../steps/fit-${model.kind}.js`, import.meta.url).href),
  };
  const threaded = Object.hasOwn(kind.defaults, 'threads') ? { threads: threadsOf(model) } : {};
  const [fitted, fit] = await timed(() => kind.fit(train, validation, { ...kind.defaults, ...optionsOf(model), ...threaded }, context));
  const [proba, predict] = await timed(() => fitted.predictProba(validation.x));
  console.log(JSON.stringify({
    model: name, kind: model.kind, seed, input: typeof input === 'string' ? input : `${x.columns} features`,
    validationAccuracy: accuracy(argmaxRows(proba), validation.labels), logLoss: Number(logLoss(proba, validation.labels).toFixed(5)),
    fitCpuSeconds: fit.cpuSeconds, fitSeconds: fit.seconds, predict10000Seconds: Number(((predict.seconds * 10_000) / validationRows).toFixed(3)),
    bytes: (await fitted.save()).length, peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1024), ...(given.onnx && await onnxAgreement(model.kind, fitted, validation.x)),
  }));
  fitted.dispose();
}

async function timed<T>(work: () => Promise<T>): Promise<[T, { readonly seconds: number; readonly cpuSeconds: number }]> {
  const [start, before] = [performance.now(), process.cpuUsage()];
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  return [result, { seconds: Number(((performance.now() - start) / 1e3).toFixed(2)), cpuSeconds: Number(((user + system) / 1e6).toFixed(2)) }];
}

/** The first rows to fit on, then the last rows of all to judge by: as the pipeline splits them. */
function pixels(): Uint8Array {
  const { pixels: all } = readIdxImages(file('images-idx3'), 'images');
  const area = SIDE * SIDE;
  const rows = new Uint8Array((fitRows + validationRows) * area);
  rows.set(all.subarray(0, fitRows * area));
  rows.set(all.subarray((IMAGES - validationRows) * area), fitRows * area);
  return rows;
}

function rowLabels(all: Uint8Array): Uint8Array {
  const rows = new Uint8Array(fitRows + validationRows);
  rows.set(all.subarray(0, fitRows));
  rows.set(all.subarray(IMAGES - validationRows), fitRows);
  return rows;
}

function file(kind: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(`../../data/mnist/train-${kind}-ubyte.gz`, import.meta.url)));
}
