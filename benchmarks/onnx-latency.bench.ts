import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { readIdxImages, readIdxLabels } from '../ml/data/idx.js';
import { accuracy } from '../ml/evaluation/accuracy.js';
import { argmaxRows } from '../ml/evaluation/argmax-rows.js';
import { lowerNetwork } from '../ml/export/network/lower-network.js';
import { observeValues } from '../ml/export/network/observe-values.js';
import { writeNetwork } from '../ml/export/onnx/write-network.js';
import { writeQuantizedNetwork } from '../ml/export/onnx/write-quantized-network.js';
import { readTopology } from '../ml/graph/topology.js';
import { rowsBetween } from '../ml/matrix.js';
import { model } from '../ml/models/cnn.js';
import { readLayersModel } from '../ml/models/read-layers-model.js';
import { openOnnxSession } from '../native/onnxruntime.js';
import { nativePaths } from './native-paths.js';

/*
 * The CNN with its default layers as models of ONNX in float32 and int8, run by onnxruntime-node and, where a Python with onnxruntime is
 * named, by that: milliseconds of one image on one thread, images a second of batches on two, and accuracy on the last 10,000 training
 * images. The ranges of int8 come from 300 of the first 50,000. Rounds one after the other, so that all see the same machine.
 *
 *   OMP_NUM_THREADS=2 node dist/benchmarks/onnx-latency.bench.js [--epochs 2 | --network <saved CNN>] [--rounds 3] [--python <interpreter>]
 */
const AREA = 784;
const FITTED = 50_000;
const SINGLES = 2000;
const WARM_UP = 200;
const BATCH_ROWS = 500;
const CALIBRATION = 300;

const { values } = parseArgs({
  options: { epochs: { type: 'string', default: '2' }, network: { type: 'string' }, rounds: { type: 'string', default: '3' }, python: { type: 'string' } },
});
const file = (kind: string): Uint8Array => new Uint8Array(readFileSync(new URL(`../../data/mnist/train-${kind}-ubyte.gz`, import.meta.url)));
const x = { columns: AREA, ...pixelsOf(readIdxImages(file('images-idx3'), 'train')) };
const labels = readIdxLabels(file('labels-idx1'), 'train');
const judged = { x: rowsBetween(x, FITTED, x.rows), labels: labels.subarray(FITTED) };
const images = Float32Array.from(judged.x.data, (pixel) => pixel / 255);

const folder = mkdtempSync(join(tmpdir(), 'digitloom-onnx-'));
try {
  const files = write(values.network === undefined ? await train() : new Uint8Array(readFileSync(values.network)));
  console.log(JSON.stringify({ processor: cpus()[0]?.model, cores: cpus().length, node: process.version, load: loadavg()[0], batchRows: BATCH_ROWS }));
  for (let round = 0; round < Number(values.rounds); round++) {
    for (const [name, bytes] of files) console.log(JSON.stringify(await measure(name, bytes)));
    if (values.python === undefined) continue;
    const peer = fileURLToPath(new URL('../../benchmarks/onnx-latency-peer.py', import.meta.url));
    process.stdout.write(execFileSync(values.python, [peer, folder, String(SINGLES), String(WARM_UP), String(BATCH_ROWS)]));
  }
} finally {
  rmSync(folder, { recursive: true });
}
process.exit(0);

/** The files of the network, left in the folder for the peer too. */
function write(saved: Uint8Array): Map<string, Uint8Array> {
  const { topology, weights } = readLayersModel(saved);
  const graph = lowerNetwork(readTopology(topology), weights);
  const step = Math.floor(FITTED / CALIBRATION);
  const calibration = Array.from({ length: CALIBRATION }, (_, i) => Float32Array.from(x.data.subarray(i * step * AREA, (i * step + 1) * AREA), (pixel) => pixel / 255));
  const description = { name: 'cnn', doc: '', metadata: {} };
  const files = new Map([
    ['float32', writeNetwork(graph, description)],
    ['int8', writeQuantizedNetwork(graph, observeValues(graph, calibration), 'min-max', description)],
  ]);
  for (const [name, bytes] of files) writeFileSync(join(folder, `${name}.onnx`), bytes);
  writeFileSync(join(folder, 'images.f32'), images);
  writeFileSync(join(folder, 'labels.u8'), judged.labels);
  return files;
}

async function measure(name: string, bytes: Uint8Array): Promise<object> {
  const single = await openOnnxSession(bytes, { threads: 1 });
  const times: number[] = [];
  for (let at = 0; at < SINGLES + WARM_UP; at++) {
    const image = images.slice(at * AREA, (at + 1) * AREA);
    const from = performance.now();
    await single.run(image);
    if (at >= WARM_UP) times.push(performance.now() - from);
  }
  await single.dispose();
  const both = await openOnnxSession(bytes, { threads: 2, batchRows: BATCH_ROWS });
  await both.run(images.subarray(0, BATCH_ROWS * AREA));
  const from = performance.now();
  const data = await both.run(images);
  const seconds = (performance.now() - from) / 1000;
  await both.dispose();
  times.sort((a, b) => a - b);
  const at = (fraction: number): number => Number((times[Math.floor(fraction * times.length)] ?? Number.NaN).toFixed(4));
  const found = argmaxRows({ rows: judged.labels.length, columns: data.length / judged.labels.length, data });
  return { by: single.runtime, what: name, p50Ms: at(0.5), p99Ms: at(0.99), imagesPerSecond: Math.round(judged.labels.length / seconds), accuracy: accuracy(found, judged.labels), bytes: bytes.length };
}

async function train(): Promise<Uint8Array> {
  const train = { x: rowsBetween(x, 0, FITTED), labels: labels.subarray(0, FITTED) };
  const context = { seed: 1, native: nativePaths(), signal: new AbortController().signal, progress: () => undefined };
  const fitted = await model.fit(train, judged, { ...model.defaults, epochs: Number(values.epochs) }, context);
  return fitted.save();
}

function pixelsOf({ rows, pixels }: ReturnType<typeof readIdxImages>): { readonly rows: number; readonly data: Uint8Array } {
  return { rows, data: pixels };
}
