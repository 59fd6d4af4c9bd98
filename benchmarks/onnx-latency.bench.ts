import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { median, quantile } from 'simple-statistics';
import { cacheFolder } from '../infra/provision/cache-folder.js';
import { readNativeParts } from '../infra/provision/native-parts.js';
import { evenlySpacedRows } from '../ml/data/evenly-spaced-rows.js';
import { takeMatrixRows } from '../ml/data/take-matrix-rows.js';
import { accuracy } from '../ml/evaluation/accuracy.js';
import { argmaxRows } from '../ml/evaluation/argmax-rows.js';
import { rowsBetween } from '../ml/matrix.js';
import type { Matrix } from '../ml/matrix.js';
import { MODELS } from '../ml/models/registry.js';
import { SERVED_AS_TRAINED } from '../ml/serving/served-as-trained.js';
import { serveOnnx } from '../ml/serving/serve-onnx.js';
import { serveTflite } from '../ml/serving/serve-tflite.js';
import type { ServedModel } from '../ml/serving/served-model.js';
import { PRESETS } from '../shared/config.js';
import { PRESET_CONFIGS } from '../shared/presets.js';
import { latencyForms } from './latency-forms.js';
import { JUDGED, latencyImages, latencyModels } from './latency-models.js';
import type { LatencyModel } from './latency-models.js';
import { nativePaths } from './native-paths.js';

/*
 * How fast every model of a preset answers: in ONNX Runtime here, networks in LiteRT with XNNPACK here too, by the code that trained it, and in
 * the same runtimes from Python. Milliseconds of one row on one thread; rows a second of 10,000 in batches on two (of the
 * code that trained it: on one). Rows are what the model reads: pixels as bytes, whose conversion counts, or features extracted before. Networks also in int8, with ranges of 300 images. Models
 * are fitted on the first training images, and judged on the last 10,000. Rounds one after the other, so that all see the same machine; the
 * medians over them are written, each with its ratio to ONNX Runtime here: above 1, ONNX Runtime here is the faster one.
 *
 *   node dist/benchmarks/onnx-latency.bench.js [--preset default] [--models cnn,svm] [--fit 50000] [--epochs 2] [--rounds 3] [--out <file>] [--python python3 | none]
 */
const SINGLES = 2000;
const WARM_UP = 200;
const BATCH_ROWS = 500;
const CALIBRATION = 300;
for (const name of ['OMP_NUM_THREADS', 'TF_NUM_INTRAOP_THREADS', 'TF_NUM_INTEROP_THREADS']) process.env[name] ??= '1'; // read when a library is loaded

const date = new Date().toISOString().slice(0, 10);
const { values: given } = parseArgs({ options: {
  preset: { type: 'string', default: 'default' }, models: { type: 'string' }, fit: { type: 'string', default: '50000' }, epochs: { type: 'string', default: '2' },
  rounds: { type: 'string', default: '3' }, out: { type: 'string', default: `benchmarks/results/${date}-onnx-latency.json` }, python: { type: 'string', default: 'python3' },
} });
const preset = PRESETS.find((name) => name === given.preset);
if (!preset) throw new RangeError(`--preset is ${given.preset}; expected ${PRESETS.join(', ')}.`);
const all = PRESET_CONFIGS[preset].train.models;
const wanted = given.models?.split(',') ?? Object.keys(all);
const unknown = wanted.filter((name) => !all[name]);
if (unknown.length > 0) throw new RangeError(`--models names ${unknown.join(', ')}; the preset ${preset} has ${Object.keys(all).join(', ')}.`);
const models = Object.fromEntries(Object.entries(all).filter(([name]) => wanted.includes(name)));
const [fit, epochs, rounds] = [Number(given.fit), Number(given.epochs), Number(given.rounds)];

/** One runtime's figures of one form of a model. */
interface Timed {
  readonly model: string;
  readonly form: string;
  readonly by: string;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly rowsPerSecond: number;
  readonly accuracy: number;
  readonly bytes?: number;
}

const folder = mkdtempSync(join(tmpdir(), 'digitloom-latency-'));
try {
  const { labels, pixels } = latencyImages(fit);
  const judged = labels.subarray(fit);
  writeFileSync(join(folder, 'labels.u8'), judged);
  const calibration = takeMatrixRows(pixels, evenlySpacedRows(fit, CALIBRATION));
  const kept: { readonly model: LatencyModel; readonly forms: ReturnType<typeof latencyForms> }[] = [];
  for await (const model of latencyModels(models, { fit, epochs })) {
    const forms = latencyForms(model, calibration);
    writeFileSync(join(folder, `${model.name}.${model.rows.data instanceof Uint8Array ? 'u8' : 'f32'}`), model.rows.data);
    for (const [form, bytes] of Object.entries(forms.files)) writeFileSync(join(folder, `${model.name}.${form}`), bytes);
    kept.push({ model, forms });
  }
  const lines: Timed[] = [];
  for (let round = 0; round < rounds; round++) {
    for (const { model, forms } of kept) lines.push(...(await timeModel(model, forms, judged)));
    if (given.python !== 'none') lines.push(...peers(given.python));
  }
  const result = { command: ['onnx-latency.bench.js', ...process.argv.slice(2)].join(' '), date, machine: `${cpus().length} cores of ${cpus()[0]?.model ?? 'unknown'}, Node ${process.versions.node}`,
    load: loadavg()[0], fit, rows: JUDGED, rounds, asTrained: SERVED_AS_TRAINED, timed: overRounds(lines) };
  writeFileSync(given.out, `${JSON.stringify(result, null, 1)}\n`);
  console.table(result.timed.map(({ model, form, by, p50Ms, rowsPerSecond, p50Ratio, rateRatio }) => ({ model, form, by, p50Ms, rowsPerSecond, p50Ratio, rateRatio })));
} finally {
  rmSync(folder, { recursive: true });
}
process.exit(0);

async function timeModel({ name, kind, bytes, rows }: LatencyModel, { files }: ReturnType<typeof latencyForms>, judged: Uint8Array): Promise<Timed[]> {
  const timed: Timed[] = [];
  for (const form of ['float32', 'int8']) {
    const [onnx, tflite] = [files[`${form}.onnx`], files[`${form}.tflite`]];
    if (onnx) timed.push({ model: name, form, ...(await timeServed(await serveOnnx(name, onnx, 2), rows, judged)), bytes: onnx.length });
    if (tflite) timed.push({ model: name, form, ...(await timeServed(serveTflite(name, tflite, { native: nativePaths(), threads: 2 }), rows, judged)), bytes: tflite.length });
  }
  const own = await MODELS[kind].load(bytes, nativePaths());
  timed.push({ model: name, form: 'as trained', by: own.runtime, ...(await time((x) => own.predictProba(x), rows, judged)), bytes: bytes.length });
  own.dispose();
  return timed;
}

async function timeServed(served: ServedModel, rows: Matrix, judged: Uint8Array): Promise<Omit<Timed, 'model' | 'form'>> {
  try {
    return { by: `${served.runtime} (Node)`, ...(await time(served.predictProba, rows, judged)) };
  } finally {
    await served.dispose();
  }
}

async function time(predict: (x: Matrix) => Promise<Matrix<Float32Array>>, rows: Matrix, judged: Uint8Array): Promise<Omit<Timed, 'model' | 'form' | 'by'>> {
  const times: number[] = [];
  for (let at = 0; at < SINGLES + WARM_UP; at++) {
    const row = rowsBetween(rows, at % rows.rows, (at % rows.rows) + 1);
    const from = performance.now();
    await predict(row);
    if (at >= WARM_UP) times.push(performance.now() - from);
  }
  await predict(rowsBetween(rows, 0, BATCH_ROWS));
  const from = performance.now();
  const found = argmaxRows(await predict(rows));
  const seconds = (performance.now() - from) / 1000;
  return { p50Ms: rounded(quantile(times, 0.5)), p99Ms: rounded(quantile(times, 0.99)), rowsPerSecond: Math.round(rows.rows / seconds), accuracy: accuracy(found, judged) };
}

function peers(python: string): Timed[] {
  const path = [readNativeParts(cacheFolder())?.python, process.env['PYTHONPATH']].filter(Boolean).join(delimiter);
  const peer = fileURLToPath(new URL('../../benchmarks/onnx-latency-peer.py', import.meta.url));
  const args = [peer, folder, String(SINGLES), String(WARM_UP), String(BATCH_ROWS)];
  const said = execFileSync(python, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, PYTHONPATH: path } });
  return said.trim().split('\n').map((line) => JSON.parse(line) as Timed);
}

/** The medians of each runtime and form, beside what ONNX Runtime here takes for the form (or for float32). */
function overRounds(lines: readonly Timed[]): (Timed & { readonly p50Ratio: number; readonly rateRatio: number })[] {
  const alike = (a: Timed, b: Timed): boolean => a.model === b.model && a.form === b.form && a.by === b.by;
  const medians = lines.filter((line, i) => lines.findIndex((other) => alike(line, other)) === i).map((first): Timed => {
    const of = (pick: (line: Timed) => number): number => rounded(median(lines.filter((line) => alike(line, first)).map(pick)));
    return { ...first, p50Ms: of(({ p50Ms }) => p50Ms), p99Ms: of(({ p99Ms }) => p99Ms), rowsPerSecond: of(({ rowsPerSecond }) => rowsPerSecond) };
  });
  return medians.map((line) => {
    const form = line.form === 'int8' ? 'int8' : 'float32';
    const here = medians.find((other) => other.model === line.model && other.form === form && other.by.startsWith('onnxruntime-node'));
    if (!here) throw new Error(`${line.model} was not timed in ONNX Runtime as ${form}.`);
    return { ...line, p50Ratio: rounded(line.p50Ms / here.p50Ms), rateRatio: rounded(here.rowsPerSecond / line.rowsPerSecond) };
  });
}

function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
