import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { createGraphEngine } from '../ml/graph/graph-engine.js';
import { readTopology } from '../ml/graph/topology.js';
import { layOutWeights, readWeights } from '../ml/graph/weight-layout.js';
import { cnn } from '../ml/networks/cnn.js';
import { createInitializers } from '../ml/networks/initializers.js';
import { createEagerEngine } from '../ml/training/eager-engine.js';
import { fillBatch } from '../ml/training/fill-batch.js';
import type { OptimiserOptions } from '../ml/training/optimiser-options.js';
import type { TrainingEngine } from '../ml/training/training-engine.js';
import { createRandom } from '../ml/random.js';
import { loadTensorFlowLibrary } from '../native/tensorflow/library.js';
import { loadTensorFlow } from '../native/tensorflow-js.js';
import { nativePaths } from './native-paths.js';

/*
 * Images a second that a training of the reference CNN takes (conv 32, pool, conv 64, pool, dense 128, dense 10; dropout before the last; Adam;
 * batches of 128 real images, scaled and copied), for our engines and, where a Python with PyTorch is named, for PyTorch in channels_last. A
 * process a case, one after the other, in rounds, so that all see the same machine; `beside` is two processes of one thread each at once, together.
 *
 *   node dist/benchmarks/training-engine.bench.js [--rounds 3] [--steps 300] [--python <interpreter>] [--cases graph-2,torch-2]
 */
const BATCH = 128;
const WARM_UP = 20;
const ADAM: OptimiserOptions = { kind: 'adamw', beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0 };

interface Case {
  readonly by: 'graph' | 'eager' | 'torch';
  readonly threads: number;
  readonly precision: 'float32' | 'bfloat16';
  /** Processes at once. */
  readonly beside?: number;
}
const CASES: Readonly<Record<string, Case>> = {
  'graph-2': { by: 'graph', threads: 2, precision: 'float32' },
  'torch-2': { by: 'torch', threads: 2, precision: 'float32' },
  'eager-2': { by: 'eager', threads: 2, precision: 'float32' },
  'graph-2-bfloat16': { by: 'graph', threads: 2, precision: 'bfloat16' },
  'torch-2-bfloat16': { by: 'torch', threads: 2, precision: 'bfloat16' },
  'graph-1': { by: 'graph', threads: 1, precision: 'float32' },
  'torch-1': { by: 'torch', threads: 1, precision: 'float32' },
  'graph-1-beside': { by: 'graph', threads: 1, precision: 'float32', beside: 2 },
  'graph-1-bfloat16-beside': { by: 'graph', threads: 1, precision: 'bfloat16', beside: 2 },
};

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' }, steps: { type: 'string', default: '300' }, python: { type: 'string' },
    cases: { type: 'string', default: Object.keys(CASES).join(',') }, one: { type: 'string' },
  },
});
const [rounds, steps] = [Number(values.rounds), Number(values.steps)];
const one = values.one === undefined ? undefined : CASES[values.one];
if (one) await measure(one);
else await inProcesses(values.cases.split(','));
process.exit(0);

/** What a process says of a case: images a second over all steps, and in the fastest tenth of them. */
interface Speed {
  readonly mean: number;
  readonly fast: number;
}

async function inProcesses(names: readonly string[]): Promise<void> {
  for (const name of names) if (!CASES[name]) throw new RangeError(`The case is ${name}; expected ${Object.keys(CASES).join(', ')}.`);
  console.log(JSON.stringify({ processor: cpus()[0]?.model, cores: cpus().length, node: process.version, rounds, steps, batch: BATCH }));
  const found = new Map<string, Speed[]>(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const name of names) {
      const { by, beside = 1 } = CASES[name] as Case;
      if (by === 'torch' && values.python === undefined) continue;
      const together = await Promise.all(Array.from({ length: beside }, () => inProcess(name)));
      const sum = (of: (speed: Speed) => number): number => together.reduce((total, speed) => total + of(speed), 0);
      found.get(name)?.push({ mean: sum(({ mean }) => mean), fast: sum(({ fast }) => fast) });
    }
  }
  const median = (all: readonly number[]): number => [...all].sort((a, b) => a - b)[all.length >> 1] ?? Number.NaN;
  const reference = median((found.get('torch-2') ?? []).map(({ mean }) => mean));
  for (const [name, speeds] of found) {
    if (speeds.length === 0) continue;
    const mean = median(speeds.map((speed) => speed.mean));
    console.log(JSON.stringify({
      case: name, imagesPerSecond: Math.round(mean), fastestTenth: Math.round(median(speeds.map(({ fast }) => fast))), rounds: speeds.map((speed) => Math.round(speed.mean)),
      ...(Number.isFinite(reference) && { timesTorch2: Number((mean / reference).toFixed(2)) }),
    }));
  }
}

function inProcess(name: string): Promise<Speed> {
  const { by, threads, precision } = CASES[name] as Case;
  const [program, args] = by === 'torch'
    ? [values.python ?? '', [fileURLToPath(new URL('../../benchmarks/training-engine-peer.py', import.meta.url)), String(steps), String(threads), precision]]
    : [process.execPath, [fileURLToPath(import.meta.url), '--one', name, '--steps', values.steps]];
  const env = { ...process.env, TF_NUM_INTRAOP_THREADS: String(threads), TF_NUM_INTEROP_THREADS: '1', OMP_NUM_THREADS: String(threads), MNIST_DIR: fileURLToPath(new URL('../../data/mnist/', import.meta.url)) };
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
    let out = '';
    child.stdout.on('data', (text: Buffer) => (out += text.toString()));
    child.on('error', reject);
    child.on('exit', (code) => (code === 0 ? resolve(JSON.parse(out.trim().split('\n').at(-1) ?? '') as Speed) : reject(new Error(`${name} ended with ${code}: ${out}`))));
  });
}

async function measure({ by, threads, precision }: Case): Promise<void> {
  const read = (name: string): Uint8Array => gunzipSync(readFileSync(new URL(`../../data/mnist/train-${name}-ubyte.gz`, import.meta.url)));
  const train = { x: { rows: 60_000, columns: 784, data: read('images-idx3').subarray(16) }, labels: read('labels-idx1').subarray(8) };
  const loaded = await loadTensorFlow();
  const network = cnn.build(loaded.tf, 28, { filters: [[32], [64]], hidden: 128, dropout: 0.25 }, createInitializers(loaded.tf, 1));
  const [topology, layout] = [readTopology(network.toJSON(null, false)), layOutWeights(network)];
  const options = { optimiser: ADAM, clipNorm: 0, averaging: false };
  const engine: TrainingEngine = by === 'eager'
    ? createEagerEngine(loaded, network, topology, layout, options)
    : createGraphEngine(loadTensorFlowLibrary(nativePaths().tensorflow), {
      topology, layout, weights: readWeights(network, layout), session: { intraOpThreads: threads }, options: { ...options, batchSize: BATCH, computeType: precision },
    });
  const order = createRandom(1).shuffle(Uint32Array.from({ length: 60_000 }, (_, i) => i));
  const batch = { images: new Float32Array(BATCH * 784), targets: new Float32Array(BATCH * 10), masks: engine.dropouts.map(({ width }) => new Float32Array(BATCH * width).fill(1)) };
  await engine.load(engine.initial());
  const times: number[] = [];
  for (let step = 0; step < steps + WARM_UP; step++) {
    const started = performance.now();
    fillBatch(batch, train, order, (step * BATCH) % (60_000 - BATCH), createRandom(step), { side: 28, classes: 10, maxShift: 0, labelSmoothing: 0 });
    await engine.step(batch, { step, learningRate: 1e-3, averageRate: 0, seed: step });
    if (step >= WARM_UP) times.push(performance.now() - started);
  }
  times.sort((a, b) => a - b);
  const speed: Speed = { mean: (1000 * BATCH * steps) / times.reduce((sum, time) => sum + time, 0), fast: (1000 * BATCH) / (times[Math.floor(steps / 10)] ?? Number.NaN) };
  console.log(JSON.stringify(speed));
}
