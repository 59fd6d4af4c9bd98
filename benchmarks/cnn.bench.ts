/*
 * The CNN on MNIST: accuracy, seconds, single-image latency. Nothing is chosen here: options are named on the command
 * line, and the test set is looked at only when asked for.
 *
 *   TF_NUM_INTRAOP_THREADS=1 TF_NUM_INTEROP_THREADS=1 OMP_NUM_THREADS=1 \
 *     node dist/benchmarks/cnn.bench.js '{"epochs":8}' [--rows 50000] [--seed 1] [--test]
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { rowsBetween } from '../ml/matrix.js';
import type { LabelledMatrix } from '../ml/matrix.js';
import { model } from '../ml/models/cnn.js';
import type { Classifier } from '../ml/models/model.js';
import { nativePaths } from './native-paths.js';

const TRAIN_ROWS = 50_000;
const LATENCY_IMAGES = 500;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rows: { type: 'string', default: String(TRAIN_ROWS) }, seed: { type: 'string', default: '1' }, test: { type: 'boolean', default: false } },
});
const options = { ...model.defaults, ...(JSON.parse(positionals[0] ?? '{}') as Partial<typeof model.defaults>) };
const train = slice(mnist('train'), 0, Number(values.rows));
const validation = slice(mnist('train'), TRAIN_ROWS, TRAIN_ROWS + 10_000);

const started = performance.now();
const cpu = process.cpuUsage();
let note = '';
const classifier = await model.fit(train, validation, options, {
  seed: Number(values.seed),
  native: nativePaths(),
  signal: new AbortController().signal,
  progress(update) {
    if (update.note !== note) console.log(`${update.note} at ${seconds()}, ${JSON.stringify(update.metrics)}`);
    note = update.note ?? '';
  },
});
console.log(`fit: ${seconds()}; ${classifier.parameters} parameters; ${classifier.runtime}; peak ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`);
console.log(JSON.stringify(classifier.details));
console.log(`validation accuracy ${await accuracy(classifier, validation)}`);
if (values.test) console.log(`test accuracy ${await accuracy(classifier, mnist('t10k'))}`);
await latency(classifier);
process.exit(0);

function seconds(): string {
  const { user, system } = process.cpuUsage(cpu);
  return `${((performance.now() - started) / 1000).toFixed(1)} s (${((user + system) / 1e6).toFixed(1)} s of CPU)`;
}

async function accuracy(one: Classifier, { x, labels }: LabelledMatrix): Promise<number> {
  const from = performance.now();
  const { data } = await one.predictProba(x);
  console.log(`${Math.round((x.rows / (performance.now() - from)) * 1000)} images/s`);
  let hits = 0;
  for (let row = 0; row < x.rows; row++) {
    const proba = data.subarray(row * 10, row * 10 + 10);
    if (proba.indexOf(Math.max(...proba)) === labels[row]) hits += 1;
  }
  return hits / x.rows;
}

async function latency(one: Classifier): Promise<void> {
  const times: number[] = [];
  for (let row = 0; row < LATENCY_IMAGES + 50; row++) {
    const from = performance.now();
    await one.predictProba(rowsBetween(validation.x, row, row + 1));
    if (row >= 50) times.push(performance.now() - from);
  }
  times.sort((a, b) => a - b);
  const at = (fraction: number): string => (times[Math.floor(fraction * times.length)] ?? Number.NaN).toFixed(3);
  console.log(`single image: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`);
}

function slice({ x, labels }: LabelledMatrix, from: number, to: number): LabelledMatrix {
  return { x: rowsBetween(x, from, to), labels: labels.subarray(from, to) };
}

function mnist(prefix: 'train' | 't10k'): LabelledMatrix {
  const read = (name: string): Uint8Array => gunzipSync(readFileSync(new URL(`../../data/mnist/${prefix}-${name}-ubyte.gz`, import.meta.url)));
  const data = read('images-idx3').subarray(16);
  return { x: { rows: data.length / 784, columns: 784, data }, labels: read('labels-idx1').subarray(8) };
}
