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
import { model as linearSvm } from '../ml/models/linear-svm.js';
import type { FitContext, ModelKind } from '../ml/models/model.js';
import { model as svm } from '../ml/models/svm.js';

/*
 * Support vector machines on MNIST's pixels beside scikit-learn's (where a Python with it is named): time to fit and to predict 10,000 images, the
 * latency of one, accuracy on the test images, bytes and peak memory. A case a process, so that the peak is its own:
 *   pca50   RBF, C 5, gamma scale, on 50 principal components   (SVC)
 *   pixels  RBF, C 5, gamma scale, on the pixels themselves     (SVC, which takes more than eight minutes of 60,000 rows)
 *   linear  squared hinge, C 0.01, on standardised pixels       (LinearSVC)
 * The parameters are given, nothing is chosen by the figures. Probabilities are calibrated on some of the rows fitted on, which costs what
 * validation rows would cost, and moves no decision.
 *
 *   OMP_NUM_THREADS=2 node dist/benchmarks/svm.bench.js pca50 [--rows 60000] [--threads 2] [--python <interpreter>]
 */
const AREA = 784;
const SINGLES = 200;
const CALIBRATED = 10_000;
const CASES: Readonly<Record<string, { readonly kind: ModelKind<object>; readonly options: object }>> = {
  pca50: { kind: svm, options: { C: 5, projection: 'pca', components: 50 } },
  pixels: { kind: svm, options: { C: 5 } },
  linear: { kind: linearSvm, options: { C: 0.01 } },
};

const { positionals, values } = parseArgs({
  allowPositionals: true, options: { rows: { type: 'string', default: '60000' }, threads: { type: 'string', default: '2' }, python: { type: 'string' } },
});
const name = positionals[0] ?? 'pca50';
const chosen = CASES[name];
const [rows, threads] = [Number(values.rows), Number(values.threads)];
if (!chosen) throw new RangeError(`The case is ${name}; expected ${Object.keys(CASES).join(', ')}.`);
if (!Number.isSafeInteger(rows) || rows < 1000 || rows > 60_000) throw new RangeError(`rows is ${values.rows}; expected 1,000 to 60,000.`);

console.log(JSON.stringify({ processor: cpus()[0]?.model, cores: cpus().length, node: process.version, case: name, rows, threads }));
await measure(chosen.kind, chosen.options);
if (values.python !== undefined) {
  const peer = fileURLToPath(new URL('../../benchmarks/svm-peer.py', import.meta.url));
  process.stdout.write(execFileSync(values.python, [peer, name, String(rows)], { env: { ...process.env, MNIST_DIR: fileURLToPath(new URL('../../data/mnist/', import.meta.url)) } }));
}

async function measure<O extends object>(kind: ModelKind<O>, options: object): Promise<void> {
  const train = images('train', rows);
  const test = images('t10k', 10_000);
  const some = Math.min(CALIBRATED, rows);
  const validation = { x: rowsBetween(train.x, rows - some, rows), labels: train.labels.subarray(rows - some) };
  const context: FitContext = {
    seed: 1, native: {}, signal: new AbortController().signal, progress: () => undefined,
    startThreads: startTaskThreads(new URL('../steps/fit-svm.js', import.meta.url).href),
  };
  const threaded = Object.hasOwn(kind.defaults, 'threads') ? { threads } : {};
  const [fitted, fit] = await timed(() => kind.fit(train, validation, { ...kind.defaults, ...options, ...threaded }, context));
  const [proba, predict] = await timed(() => fitted.predictProba(test.x));
  const latencies: number[] = [];
  for (let row = 0; row < SINGLES; row++) {
    const [, { seconds }] = await timed(() => fitted.predictProba(rowsBetween(test.x, row, row + 1)));
    latencies.push(seconds * 1000);
  }
  latencies.sort((a, b) => a - b);
  console.log(JSON.stringify({
    by: 'digitloom', fit, predict10000: predict, oneMs: Number((latencies[SINGLES / 2] ?? 0).toFixed(3)), accuracy: accuracy(argmaxRows(proba), test.labels),
    supportVectors: fitted.details['supportVectors'], bytes: (await fitted.save()).length, peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1024),
  }));
}

async function timed<T>(work: () => Promise<T>): Promise<[T, { readonly seconds: number; readonly cpuSeconds: number }]> {
  const [start, before] = [performance.now(), process.cpuUsage()];
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  return [result, { seconds: Number(((performance.now() - start) / 1000).toFixed(4)), cpuSeconds: Number(((user + system) / 1e6).toFixed(4)) }];
}

function images(prefix: 'train' | 't10k', count: number): LabelledMatrix {
  const file = (kind: string): Uint8Array => new Uint8Array(readFileSync(new URL(`../../data/mnist/${prefix}-${kind}-ubyte.gz`, import.meta.url)));
  const { rows: all, pixels } = readIdxImages(file('images-idx3'), prefix);
  const labels = readIdxLabels(file('labels-idx1'), prefix);
  return { x: rowsBetween({ rows: all, columns: AREA, data: pixels }, 0, count), labels: labels.subarray(0, count) };
}
