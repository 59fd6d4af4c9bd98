/*
 * Trained images a second by where the batches come from: none, shifts, a pipeline in line, the same made ahead by a thread.
 * The trainings take turns of a few dozen steps, so that all see the same machine; best and median of the turns, and ratios to `none`;
 * CPU milliseconds a step count all threads of the process.
 *
 *   TF_NUM_INTRAOP_THREADS=1 TF_NUM_INTEROP_THREADS=1 OMP_NUM_THREADS=1 node dist/benchmarks/training-batches.bench.js [turns]
 *
 * It needs the step bundles (npm run build): the thread loads that of the step fit-cnn, as in a run.
 */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { makeItemsAhead } from '../activities/bridge/make-items-ahead.js';
import { loadSteps } from '../activities/step-catalogue.js';
import { parsePipelineDocument } from '../ml/augment/pipeline-document.js';
import { createGraphEngine } from '../ml/graph/graph-engine.js';
import { readTopology } from '../ml/graph/topology.js';
import { layOutWeights, readWeights } from '../ml/graph/weight-layout.js';
import { model } from '../ml/models/cnn.js';
import { cnn } from '../ml/networks/cnn.js';
import { createInitializers } from '../ml/networks/initializers.js';
import { batchesMadeAhead } from '../ml/training/batches-made-ahead.js';
import type { OpenBatches } from '../ml/training/batch-source.js';
import { createTrainer } from '../ml/training/create-trainer.js';
import { inlineBatches } from '../ml/training/inline-batches.js';
import type { BatchContents } from '../ml/training/batch-plan.js';
import { optimiserOf } from '../ml/training/recipe.js';
import type { TrainerOptions } from '../ml/training/trainer-options.js';
import { loadTensorFlowLibrary } from '../native/tensorflow/library.js';
import { loadTensorFlow } from '../native/tensorflow-js.js';
import { TRAINING_AUGMENTATION } from '../shared/augmentation-documents.js';
import { nativePaths } from './native-paths.js';

const STEPS = 30;
const ROWS = 50_000;
const turns = Number(process.argv[2] ?? 9);

const read = (name: string): Uint8Array => gunzipSync(readFileSync(new URL(`../../data/mnist/train-${name}-ubyte.gz`, import.meta.url)));
const train = { x: { rows: ROWS, columns: 784, data: read('images-idx3').subarray(16, 16 + ROWS * 784) }, labels: read('labels-idx1').subarray(8, 8 + ROWS) };
const validation = { x: { rows: 0, columns: 784, data: new Uint8Array(0) }, labels: new Uint8Array(0) };
const { tf } = await loadTensorFlow();
const library = loadTensorFlowLibrary(nativePaths().tensorflow);
const { epochs, batchSize, learningRate, warmUp, labelSmoothing } = model.defaults;
const options: Omit<TrainerOptions, 'batches'> = { seed: 1, epochs, batchSize, schedule: { peak: learningRate, warmUp }, averaging: { kind: 'none' }, patience: 0 };
const contents: BatchContents = { side: 28, classes: 10, maxShift: 0, labelSmoothing, pipeline: null };
const pipeline = parsePipelineDocument(TRAINING_AUGMENTATION);
const elastic = parsePipelineDocument({ version: 1, steps: [...pipeline.steps, { kind: 'elastic', parameters: { alpha: 20 } }] });
const ahead = batchesMadeAhead(makeItemsAhead((await loadSteps()).named('fit-cnn').entry));
const trainings = [
  { name: 'none', ...training({}) },
  { name: 'shift', ...training({ maxShift: 2 }) },
  { name: 'affine, in line', ...training({ pipeline }) },
  { name: 'affine, made ahead', ...training({ pipeline }, ahead) },
  { name: 'affine + elastic, in line', ...training({ pipeline: elastic }) },
  { name: 'affine + elastic, made ahead', ...training({ pipeline: elastic }, ahead) },
];

console.log(`TensorFlow ${library.version} graph, one thread; ${turns} turns of ${STEPS} steps of ${batchSize}`);
type Turn = Awaited<ReturnType<(typeof trainings)[number]['turn']>>;
for (const one of trainings) await one.turn(); // warm-up: the compiler has seen every branch, the thread has started
const taken = trainings.map((): Turn[] => []);
for (let turn = 0; turn < turns; turn++) {
  for (const [i, one] of trainings.entries()) taken[i]?.push(await one.turn());
}
const sorted = (i: number, of: (turn: Turn) => number): number[] => (taken[i] ?? []).map(of).sort((x, y) => x - y);
const median = (values: readonly number[]): number => values[values.length >> 1] ?? Number.NaN;
const figures = trainings.map((_, i) => {
  const rates = sorted(i, ({ rate }) => rate);
  return { best: rates.at(-1) ?? Number.NaN, middle: median(rates), cpu: median(sorted(i, ({ cpu }) => cpu)) };
});
const count = (value: number): string => Math.round(value).toLocaleString('en').padStart(6);
trainings.forEach(({ name }, i) => {
  const [{ best, middle, cpu }, none] = [figures[i], figures[0]].map((one) => one ?? { best: 0, middle: 0, cpu: 0 }) as [(typeof figures)[number], (typeof figures)[number]];
  const of = (value: number, whole: number): string => `(${(value / whole).toFixed(3)} of none)`;
  console.log(`${name.padEnd(30)} best ${count(best)} images/s ${of(best, none.best)}, median ${count(middle)} ${of(middle, none.middle)}, ${cpu.toFixed(2)} ms of CPU a step`);
});
await Promise.all(trainings.map(({ close }) => close()));
process.exit(0);

function training(over: Partial<BatchContents>, open: OpenBatches = inlineBatches): { turn(): Promise<{ rate: number; cpu: number }>; close(): Promise<void> } {
  const network = cnn.build(tf, 28, model.defaults, createInitializers(tf, 1));
  const layout = layOutWeights(network);
  const engine = createGraphEngine(library, {
    topology: readTopology(network.toJSON(null, false)), layout, weights: readWeights(network, layout), session: { intraOpThreads: 1 },
    options: { optimiser: optimiserOf(model.defaults), clipNorm: 0, averaging: false, batchSize, computeType: 'float32' },
  });
  const trainer = createTrainer(engine, train, validation, { ...options, batches: { ...contents, ...over } }, open);
  let state = trainer.begin();
  return {
    close: () => trainer.close(),
    async turn() {
      const [started, before] = [performance.now(), process.cpuUsage()];
      state = await trainer.runSegment(state, STEPS, { signal: new AbortController().signal, progress: () => undefined });
      const rate = (STEPS * batchSize * 1000) / (performance.now() - started);
      const { user, system } = process.cpuUsage(before);
      return { rate, cpu: (user + system) / 1000 / STEPS };
    },
  };
}
