import { rowsBetween } from '../../../ml/matrix.js';
import type { LabelledMatrix } from '../../../ml/matrix.js';
import { createGraphEngine } from '../../../ml/graph/graph-engine.js';
import { readTopology } from '../../../ml/graph/topology.js';
import { layOutWeights, readWeights } from '../../../ml/graph/weight-layout.js';
import { cnn } from '../../../ml/networks/cnn.js';
import { createInitializers } from '../../../ml/networks/initializers.js';
import { createTrainer, stepsOf } from '../../../ml/training/create-trainer.js';
import { createEagerEngine } from '../../../ml/training/eager-engine.js';
import type { OptimiserOptions } from '../../../ml/training/optimiser-options.js';
import type { Trainer, TrainerHooks } from '../../../ml/training/trainer.js';
import type { TrainerOptions } from '../../../ml/training/trainer-options.js';
import { loadTensorFlowLibrary } from '../../../native/tensorflow/library.js';
import { loadTensorFlow } from '../../../native/tensorflow-js.js';
import { toyDigits } from '../../support/digits.js';
import { nativePaths } from '../../support/native-paths.js';

/** Six steps an epoch of 100 rows, the last four of which are left over. */
export const STEPS_PER_EPOCH = 6;

const OPTIONS: TrainerOptions = {
  seed: 5, epochs: 3, batchSize: 16, schedule: { peak: 0.01, warmUp: 0.2 }, patience: 0, averaging: { kind: 'none' },
  batches: { side: 28, classes: 10, maxShift: 1, labelSmoothing: 0.05, pipeline: null },
};
const ADAMW: OptimiserOptions = { kind: 'adamw', beta1: 0.9, beta2: 0.999, epsilon: 1e-7, weightDecay: 0.01 };

/** The rows [from, to) of the toy digits that the tiny trainings use. */
export function tinyRows(from: number, to: number): LabelledMatrix {
  const { x, labels } = toyDigits({ rows: 120, seed: 3 });
  return { x: rowsBetween(x, from, to), labels: labels.subarray(from, to) };
}

/** Which engine computes. */
export type EngineName = 'graph' | 'eager';

export interface TinyTraining extends Partial<TrainerOptions> {
  readonly engine?: EngineName;
  readonly rows?: LabelledMatrix;
  readonly validation?: LabelledMatrix;
  readonly hidden?: number;
  readonly optimiser?: OptimiserOptions;
  readonly clipNorm?: number;
}

/** A training that takes a fraction of a second. */
export async function tinyTrainer({ engine: name = 'graph', rows = tinyRows(0, 100), validation, hidden = 8, optimiser = ADAMW, clipNorm = 0, ...over }: TinyTraining = {}): Promise<Trainer> {
  const library = await loadTensorFlow();
  const options = { ...OPTIONS, ...over };
  const network = cnn.build(library.tf, 28, { filters: [[3], [4]], hidden, dropout: 0.25 }, createInitializers(library.tf, options.seed));
  const topology = readTopology(network.toJSON(null, false));
  const layout = layOutWeights(network);
  const parts = { optimiser, clipNorm, averaging: options.averaging.kind !== 'none' };
  const engine = name === 'eager'
    ? createEagerEngine(library, network, topology, layout, parts)
    : createGraphEngine(loadTensorFlowLibrary(nativePaths().tensorflow), {
      topology, layout, weights: readWeights(network, layout), session: { intraOpThreads: 1 },
      options: { ...parts, batchSize: stepsOf(options, rows.x.rows).batchSize, computeType: 'float32' },
    });
  return createTrainer(engine, rows, validation ?? tinyRows(100, 120), options);
}

export const QUIET: TrainerHooks = { signal: new AbortController().signal, progress: () => undefined };
