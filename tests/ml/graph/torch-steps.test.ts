import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createGraphEngine } from '../../../ml/graph/graph-engine.js';
import { readTopology } from '../../../ml/graph/topology.js';
import { layOutWeights } from '../../../ml/graph/weight-layout.js';
import { cnn } from '../../../ml/networks/cnn.js';
import { createInitializers } from '../../../ml/networks/initializers.js';
import type { OptimiserOptions } from '../../../ml/training/optimiser-options.js';
import { loadTensorFlowLibrary } from '../../../native/tensorflow/library.js';
import { loadTensorFlow } from '../../../native/tensorflow-js.js';
import { nativePaths } from '../../support/native-paths.js';

interface Recorded {
  readonly losses: readonly number[];
  /** Euclidean norms of the weights, in the order of the layers. */
  readonly norms: readonly number[];
}
interface Golden {
  readonly torch: string;
  readonly steps: number;
  readonly batch: number;
  readonly adam: Recorded;
  readonly sgd: Recorded;
}
const golden = JSON.parse(readFileSync('tests/golden/torch-200-steps.json', 'utf8')) as Golden;
const CASES: readonly (readonly ['adam' | 'sgd', number, OptimiserOptions])[] = [
  ['adam', 0.0005, { kind: 'adamw', beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0 }],
  ['sgd', 0.005, { kind: 'sgd', momentum: 0.9, nesterov: true, weightDecay: 0 }],
];

/** Bars whose slope is the label, as in torch_200_steps.py. */
function batchOf(size: number, step: number): { images: Float32Array; targets: Float32Array; masks: never[] } {
  const [images, targets] = [new Float32Array(size * 784), new Float32Array(size * 10)];
  for (let i = 0; i < size; i++) {
    const label = (7 * i + step) % 10;
    targets[i * 10 + label] = 1;
    for (let y = 0; y < 28; y++) for (let x = 0; x < 28; x++) images[i * 784 + y * 28 + x] = Math.max(0, Math.cos(x * (label / 9) - y / 4 + 0.1 * step + i));
  }
  return { images, targets, masks: [] };
}

describe(`200 steps recorded from PyTorch ${golden.torch}`, function () {
  this.timeout(60_000);
  for (const [name, learningRate, optimiser] of CASES) {
    it(`are the graph engine's, from the same weights and batches: ${name}`, async () => {
      const { tf } = await loadTensorFlow();
      const network = cnn.build(tf, 28, { filters: [[4], [8]], hidden: 16, dropout: 0 }, createInitializers(tf, 1));
      const layout = layOutWeights(network);
      const weights = new Float32Array(layout.parameters);
      for (const { shape, offset, length } of layout.trained) {
        const scale = shape.length > 1 ? Math.sqrt(2 / (length / (shape.at(-1) ?? 1))) : 0;
        for (let k = offset; k < offset + length; k++) weights[k] = scale * Math.sin(1.7 * k + 0.3);
      }
      const engine = createGraphEngine(loadTensorFlowLibrary(nativePaths().tensorflow), {
        topology: readTopology(network.toJSON(null, false)), layout, weights: { weights, moving: new Float32Array(0) }, session: { intraOpThreads: 1 },
        options: { batchSize: golden.batch, optimiser, clipNorm: 0, averaging: false, computeType: 'float32' },
      });
      await engine.load(engine.initial());
      const { losses, norms } = golden[name];
      for (let step = 0; step < golden.steps; step++) {
        const loss = await engine.step(batchOf(golden.batch, step), { step, learningRate, averageRate: 0, seed: 0 });
        const theirs = losses[step] ?? Number.NaN;
        // Sums in another order differ in their last bits, which the steps magnify.
        const tolerance = (step < 30 ? 0.0002 : step < 100 ? 0.002 : 0.02) * theirs;
        assert.ok(Math.abs(loss - theirs) < tolerance, `step ${step}: ${loss}, PyTorch has ${theirs}`);
      }
      const { weights: after } = await engine.read();
      layout.trained.forEach(({ name: weight, offset, length }, i) => {
        const norm = Math.hypot(...(after?.subarray(offset, offset + length) ?? []));
        assert.ok(Math.abs(norm - (norms[i] ?? Number.NaN)) < 0.01 * (norms[i] ?? 0) + 5e-3, `${weight}: norm ${norm}, PyTorch has ${norms[i]}`);
      });
      engine.dispose();
      network.dispose();
    });
  }
});
