import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startTaskThreads } from '../activities/bridge/start-task-threads.js';
import { readIdxImages, readIdxLabels } from '../ml/data/idx.js';
import { accuracy } from '../ml/evaluation/accuracy.js';
import { argmaxRows } from '../ml/evaluation/argmax-rows.js';
import { rowsBetween } from '../ml/matrix.js';
import type { LabelledMatrix } from '../ml/matrix.js';
import { model as adaBoost } from '../ml/models/ada-boost.js';
import { model as bagging } from '../ml/models/bagging.js';
import { model as decisionTree } from '../ml/models/decision-tree.js';
import { model as extraTrees } from '../ml/models/extra-trees.js';
import type { ModelKind } from '../ml/models/model.js';
import { model as randomForest } from '../ml/models/random-forest.js';

/*
 * Trees on MNIST's pixels beside scikit-learn's of the same settings (where a Python with it is named): the first 50,000 training images to fit
 * on, the last 10,000 to judge by. Seconds to fit and to predict 10,000 images, accuracy, bytes on disk and peak memory; a process a case and side,
 * so that the peak is its own, ours and the peer's one after the other. Without a case, all of them.
 *
 *   node dist/benchmarks/trees.bench.js [random-forest extra-trees decision-tree bagging ada-boost] [--fit 50000] [--threads 2] [--python <interpreter>]
 */
const AREA = 784;
const IMAGES = 60_000;
const JUDGED = 10_000;
const CASES: Readonly<Record<string, { readonly kind: ModelKind<object>; readonly options: object }>> = {
  'random-forest': { kind: randomForest, options: { trees: 200 } },
  'extra-trees': { kind: extraTrees, options: { trees: 200 } },
  'decision-tree': { kind: decisionTree, options: { minLeafRows: 1 } },
  bagging: { kind: bagging, options: { trees: 20, columnsPerTree: AREA } },
  'ada-boost': { kind: adaBoost, options: { trees: 50, maxDepth: 1, learningRate: 1, columnsPerSplit: AREA } },
};

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { fit: { type: 'string', default: '50000' }, threads: { type: 'string', default: '2' }, python: { type: 'string' }, one: { type: 'string' } },
});
const names = positionals.length > 0 ? positionals : Object.keys(CASES);
for (const name of names) if (!CASES[name]) throw new RangeError(`The case is ${name}; expected ${Object.keys(CASES).join(', ')}.`);
const [fitRows, threads] = [Number(values.fit), Number(values.threads)];
if (!(Number.isSafeInteger(fitRows) && fitRows >= 1 && fitRows <= IMAGES - JUDGED)) throw new RangeError(`fit is ${values.fit}; expected 1 to ${IMAGES - JUDGED}.`);

const one = values.one === undefined ? undefined : CASES[values.one];
if (one) await measure(one.kind, one.options, values.one ?? '');
else inProcesses();

function inProcesses(): void {
  console.log(JSON.stringify({ processor: cpus()[0]?.model, cores: cpus().length, node: process.version, fit: fitRows, judged: JUDGED, threads }));
  const mnist = fileURLToPath(new URL('../../data/mnist/', import.meta.url));
  const peer = fileURLToPath(new URL('../../benchmarks/trees-peer.py', import.meta.url));
  for (const name of names) {
    execFileSync(process.execPath, [fileURLToPath(import.meta.url), '--one', name, '--fit', values.fit, '--threads', values.threads], { stdio: 'inherit' });
    if (values.python !== undefined) execFileSync(values.python, [peer, name, values.fit, values.threads], { stdio: 'inherit', env: { ...process.env, MNIST_DIR: mnist } });
  }
}

async function measure<O extends object>(kind: ModelKind<O>, options: object, name: string): Promise<void> {
  const [train, judged] = [images(0, fitRows), images(IMAGES - JUDGED, IMAGES)];
  const threaded = Object.hasOwn(kind.defaults, 'threads') ? { threads } : {};
  const [fitted, fit] = await timed(() => kind.fit(train, judged, { ...kind.defaults, ...options, ...threaded }, {
    seed: 1, native: {}, signal: new AbortController().signal, progress: () => undefined,
    startThreads: startTaskThreads(new URL(`../steps/fit-${name}.js`, import.meta.url).href),
  }));
  const bytes = await fitted.save();
  const loaded = await kind.load(bytes, {});
  const [proba, predict] = await timed(() => loaded.predictProba(judged.x));
  console.log(JSON.stringify({
    case: name, by: 'digitloom', fit, predict10000: predict, accuracy: accuracy(argmaxRows(proba), judged.labels),
    bytes: bytes.length, peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1024),
  }));
}

async function timed<T>(work: () => Promise<T>): Promise<[T, { readonly seconds: number; readonly cpuSeconds: number }]> {
  const [start, before] = [performance.now(), process.cpuUsage()];
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  return [result, { seconds: Number(((performance.now() - start) / 1000).toFixed(3)), cpuSeconds: Number(((user + system) / 1e6).toFixed(3)) }];
}

function images(from: number, to: number): LabelledMatrix {
  const file = (kind: string): Uint8Array => new Uint8Array(readFileSync(new URL(`../../data/mnist/train-${kind}-ubyte.gz`, import.meta.url)));
  const { rows, pixels } = readIdxImages(file('images-idx3'), 'images');
  return { x: rowsBetween({ rows, columns: AREA, data: pixels }, from, to), labels: readIdxLabels(file('labels-idx1'), 'labels').subarray(from, to) };
}
