import assert from 'node:assert/strict';
import { createGraphEngine } from '../../../ml/graph/graph-engine.js';
import { readTopology } from '../../../ml/graph/topology.js';
import type { TrainingGraphOptions } from '../../../ml/graph/training-graph.js';
import { layOutWeights, readWeights } from '../../../ml/graph/weight-layout.js';
import { cnn } from '../../../ml/networks/cnn.js';
import { createInitializers } from '../../../ml/networks/initializers.js';
import { createRandom } from '../../../ml/random.js';
import { createEagerEngine } from '../../../ml/training/eager-engine.js';
import type { OptimiserOptions } from '../../../ml/training/optimiser-options.js';
import type { TrainingEngine } from '../../../ml/training/training-engine.js';
import { loadTensorFlowLibrary } from '../../../native/tensorflow/library.js';
import { loadTensorFlow } from '../../../native/tensorflow-js.js';
import { nativePaths } from '../../support/native-paths.js';

const ADAMW: OptimiserOptions = { kind: 'adamw', beta1: 0.9, beta2: 0.999, epsilon: 1e-7, weightDecay: 0.02 };
const SGD: OptimiserOptions = { kind: 'sgd', momentum: 0.9, nesterov: true, weightDecay: 0.01 };
const library = loadTensorFlowLibrary(nativePaths().tensorflow);

interface Engines {
  readonly graph: TrainingEngine;
  readonly eager: TrainingEngine;
}

/** Both engines over the same small CNN. */
async function engines(batchSize: number, options: Partial<TrainingGraphOptions> = {}, filters = [[3], [4]]): Promise<Engines> {
  const loaded = await loadTensorFlow();
  const network = cnn.build(loaded.tf, 28, { filters, hidden: 8, dropout: 0 }, createInitializers(loaded.tf, 5));
  const [topology, layout] = [readTopology(network.toJSON(null, false)), layOutWeights(network)];
  const full: TrainingGraphOptions = { batchSize, optimiser: ADAMW, clipNorm: 0, averaging: false, computeType: 'float32', ...options };
  return {
    graph: createGraphEngine(library, { topology, layout, weights: readWeights(network, layout), options: full, session: { intraOpThreads: 1 } }),
    eager: createEagerEngine(loaded, network, topology, layout, full),
  };
}

/** Blurred bars whose direction is the label: something to learn. */
function batchOf(size: number, step: number): { images: Float32Array; targets: Float32Array; masks: never[] } {
  const random = createRandom(1_000 + step);
  const [images, targets] = [new Float32Array(size * 784), new Float32Array(size * 10)];
  for (let i = 0; i < size; i++) {
    const label = random.integer(10);
    targets[i * 10 + label] = 1;
    for (let y = 0; y < 28; y++) for (let x = 0; x < 28; x++) images[i * 784 + y * 28 + x] = Math.max(0, Math.cos((x * label) / 9 - y / 4)) * random.uniform();
  }
  return { images, targets, masks: [] };
}

async function train(engine: TrainingEngine, steps: number, averageRate = 0): Promise<number[]> {
  await engine.load(engine.initial());
  const losses: number[] = [];
  for (let step = 0; step < steps; step++) losses.push(await engine.step(batchOf(16, step), { step, learningRate: 0.004, averageRate, seed: step }));
  return losses;
}

const largest = (ours: ArrayLike<number> | undefined, theirs: ArrayLike<number> | undefined): number =>
  Math.max(...Array.from(ours ?? [Number.NaN], (value, i) => Math.abs(value - (theirs?.[i] ?? Number.NaN))));

describe('the graph engine', function () {
  this.timeout(120_000);

  for (const [what, options] of [['AdamW', {}], ['Adam', { optimiser: { ...ADAMW, kind: 'adam' } }], ["SGD with Nesterov's momentum", { optimiser: SGD }], ['clipped gradients', { clipNorm: 0.3 }]] as const) {
    it(`agrees with TensorFlow.js's gradients and our own optimiser over 200 steps: ${what}`, async () => {
      const { graph, eager } = await engines(16, options);
      const [ours, theirs] = [await train(graph, 200), await train(eager, 200)];
      assert.ok(largest(ours, theirs) < 2e-3, `losses differ by ${largest(ours, theirs)}`);
      const [a, b] = [await graph.read(), await eager.read()];
      assert.ok(largest(a['weights'], b['weights']) < 5e-3, `weights differ by ${largest(a['weights'], b['weights'])}`);
      assert.ok((ours.at(-1) ?? 9) < 0.6 * (ours[0] ?? 0), `the loss went from ${ours[0]} to ${ours.at(-1)}: nothing was learnt`);
      graph.dispose();
    });
  }

  it('moves averages of the weights as the eager engine does', async () => {
    const { graph, eager } = await engines(16, { averaging: true });
    await train(graph, 20, 0.25);
    await train(eager, 20, 0.25);
    const [ours, theirs] = [await graph.read(), await eager.read()];
    assert.ok(largest(ours['average.weights'], theirs['average.weights']) < 1e-4);
    assert.ok(largest(ours['average.weights'], ours['weights']) > 1e-3);
    graph.dispose();
  });

  it('gives the same bits again', async () => {
    const { graph } = await engines(16);
    const losses = await train(graph, 30);
    const { weights } = await graph.read();
    assert.deepEqual(await train(graph, 30), losses);
    assert.deepEqual((await graph.read())['weights'], weights);
    graph.dispose();
  });

  it('holds no more memory after 10,000 steps than after 2,000', async () => {
    const { graph } = await engines(4, {}, [[1]]);
    await graph.load(graph.initial());
    const batch = batchOf(4, 0);
    const rss: number[] = [];
    for (let step = 0; step < 10_000; step++) {
      await graph.step(batch, { step, learningRate: 1e-4, averageRate: 0, seed: step });
      if (step === 2_000 || step === 9_999) rss.push(process.memoryUsage.rss());
    }
    const [early = 0, late = 0] = rss;
    // A leak of one batch a step (13 KB) would be 100 MB.
    assert.ok(late - early < 30e6, `${((late - early) / 1e6).toFixed(1)} MB more`);
    graph.dispose();
  });

  it('leaves the event loop free while a step runs', async () => {
    const { graph } = await engines(512, {}, [[32, 32]]);
    await graph.load(graph.initial());
    const batch = batchOf(512, 0);
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 5);
    const started = performance.now();
    await graph.step(batch, { step: 0, learningRate: 1e-4, averageRate: 0, seed: 0 });
    const took = performance.now() - started;
    clearInterval(timer);
    assert.ok(turns > took / 50, `${turns} turns of the event loop in a step of ${took.toFixed(0)} ms`);
    graph.dispose();
  });
});
