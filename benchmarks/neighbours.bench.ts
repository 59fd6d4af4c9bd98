import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { readIdxImages, readIdxLabels } from '../ml/data/idx.js';
import { accuracy } from '../ml/evaluation/accuracy.js';
import { argmaxRows } from '../ml/evaluation/argmax-rows.js';
import { rowsBetween } from '../ml/matrix.js';
import type { LabelledMatrix } from '../ml/matrix.js';
import { model as bernoulliNb } from '../ml/models/bernoulli-nb.js';
import { model as gaussianNb } from '../ml/models/gaussian-nb.js';
import { model as knn } from '../ml/models/knn.js';
import { model as lda } from '../ml/models/lda.js';
import type { FitContext, ModelKind } from '../ml/models/model.js';
import { model as nearestCentroid } from '../ml/models/nearest-centroid.js';
import { model as qda } from '../ml/models/qda.js';
import { loadedTensorFlow } from '../ml/reductions/loaded-tensorflow.js';

/*
 * k-nearest neighbours, naive Bayes, discriminant analysis and nearest centroid on MNIST's pixels beside scikit-learn's (where a Python with it is
 * named), with the same parameters: time to fit and to predict 10,000 images, accuracy, bytes on disk. Each case is measured in a process of its own,
 * ours and then the peer's. `validation` fits on the first 50,000 training images and judges by the last 10,000; `test`, which is for a last
 * look and not for choosing, fits on all 60,000. Libraries are loaded before the clocks start, on both sides. Temperatures are given, as
 * the peer has none to fit. `knn-lists` has the peer's exact search beside our approximate one.
 *
 *   OMP_NUM_THREADS=2 node dist/benchmarks/neighbours.bench.js [knn-pixels lda ...] [--judge validation|test] [--python <interpreter>]
 */
const AREA = 784;
const VALIDATION = 10_000;
const SINGLES = 100;
interface Case {
  readonly kind: ModelKind<object>;
  readonly options: object;
  /** The peer's, where it is called otherwise. */
  readonly peer?: string;
}
const NEAREST = { neighbours: 3, weights: 'uniform' };
const PCA = { projection: 'pca', components: 50 };
const CASES: Readonly<Record<string, Case>> = {
  'knn-pixels': { kind: knn, options: NEAREST },
  'knn-lists': { kind: knn, options: { ...NEAREST, index: 'approximate' }, peer: 'knn-pixels' },
  'knn-pca50': { kind: knn, options: { ...NEAREST, ...PCA } },
  'knn-pca50-lists': { kind: knn, options: { ...NEAREST, ...PCA, index: 'approximate' }, peer: 'knn-pca50' },
  'gaussian-nb': { kind: gaussianNb, options: { temperature: 1 } },
  'bernoulli-nb': { kind: bernoulliNb, options: { temperature: 1, threshold: 0.5, alpha: 1 } },
  lda: { kind: lda, options: { temperature: 1, standardise: false } },
  qda: { kind: qda, options: { temperature: 1, ...PCA, shrinkage: 0 } },
  'nearest-centroid': { kind: nearestCentroid, options: { temperature: 1 } },
};

const { positionals, values } = parseArgs({
  allowPositionals: true, options: { judge: { type: 'string', default: 'validation' }, python: { type: 'string' }, one: { type: 'string' } },
});
const { judge, python, one } = values;
if (judge !== 'validation' && judge !== 'test') throw new RangeError(`--judge is ${judge}; expected validation or test.`);
const unknown = positionals.filter((name) => !Object.hasOwn(CASES, name));
if (unknown.length > 0) throw new RangeError(`No case is called ${unknown.join(', ')}; the cases are ${Object.keys(CASES).join(', ')}.`);

if (one !== undefined) await measure(one);
else {
  console.log(JSON.stringify({ processor: cpus()[0]?.model, cores: cpus().length, node: process.version, judge }));
  for (const name of positionals.length > 0 ? positionals : Object.keys(CASES)) {
    ran(process.execPath, [fileURLToPath(import.meta.url), '--one', name, '--judge', judge]);
    const rows = judge === 'test' ? 60_000 : 60_000 - VALIDATION;
    if (python !== undefined) ran(python, [fileURLToPath(new URL('../../benchmarks/neighbours-peer.py', import.meta.url)), CASES[name]?.peer ?? name, String(rows), judge]);
  }
}

function ran(program: string, args: readonly string[]): void {
  const env = { ...process.env, MNIST_DIR: fileURLToPath(new URL('../../data/mnist/', import.meta.url)) };
  process.stdout.write(execFileSync(program, args, { env, stdio: ['ignore', 'pipe', 'inherit'] }));
}

async function measure(name: string): Promise<void> {
  const { kind, options } = CASES[name] as Case;
  await loadedTensorFlow();
  const train = images('train');
  const held = train.x.rows - VALIDATION;
  const [fitted, judged] = judge === 'test' ? [train, images('t10k')] : [part(train, 0, held), part(train, held, train.x.rows)];
  const context: FitContext = { seed: 1, native: {}, signal: new AbortController().signal, progress: () => undefined };
  const [model, fit] = await timed(() => kind.fit(fitted, part(fitted, 0, 0), { ...kind.defaults, ...options }, context));
  const [proba, predict] = await timed(() => model.predictProba(judged.x));
  const latencies: number[] = [];
  for (let row = 0; row < SINGLES; row++) {
    const [, { seconds }] = await timed(() => model.predictProba(rowsBetween(judged.x, row, row + 1)));
    latencies.push(seconds * 1000);
  }
  latencies.sort((a, b) => a - b);
  console.log(JSON.stringify({
    case: name, by: 'digitloom', fit, predict10000: predict, oneMs: Number((latencies[SINGLES / 2] ?? 0).toFixed(3)),
    accuracy: accuracy(argmaxRows(proba), judged.labels), bytes: (await model.save()).length,
  }));
}

function part({ x, labels }: LabelledMatrix, from: number, to: number): LabelledMatrix {
  return { x: rowsBetween(x, from, to), labels: labels.subarray(from, to) };
}

async function timed<T>(work: () => Promise<T>): Promise<[T, { readonly seconds: number; readonly cpuSeconds: number }]> {
  const [start, before] = [performance.now(), process.cpuUsage()];
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  return [result, { seconds: Number(((performance.now() - start) / 1000).toFixed(5)), cpuSeconds: Number(((user + system) / 1e6).toFixed(5)) }];
}

function images(prefix: 'train' | 't10k'): LabelledMatrix {
  const file = (kind: string): Uint8Array => new Uint8Array(readFileSync(new URL(`../../data/mnist/${prefix}-${kind}-ubyte.gz`, import.meta.url)));
  const { rows, pixels } = readIdxImages(file('images-idx3'), prefix);
  return { x: { rows, columns: AREA, data: pixels }, labels: readIdxLabels(file('labels-idx1'), prefix) };
}
