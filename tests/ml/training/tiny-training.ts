import { rowsBetween } from '../../../ml/matrix.js';
import type { LabelledMatrix } from '../../../ml/matrix.js';
import { createCnn } from '../../../ml/models/cnn-topology.js';
import { model } from '../../../ml/models/cnn.js';
import { createEagerTrainer } from '../../../ml/training/eager-trainer.js';
import type { Trainer, TrainerHooks } from '../../../ml/training/trainer.js';
import type { TrainerOptions } from '../../../ml/training/trainer-options.js';
import { loadTensorFlow } from '../../../native/tensorflow-js.js';
import { toyDigits } from '../../support/digits.js';

/** Six steps an epoch of 100 rows, the last four of which are left over. */
export const STEPS_PER_EPOCH = 6;

const OPTIONS: TrainerOptions = {
  seed: 5, epochs: 3, batchSize: 16, schedule: { peak: 0.01, warmUp: 0.2 }, weightDecay: 0.01, patience: 0,
  side: 28, classes: 10, maxShift: 1, labelSmoothing: 0.05,
};

/** The rows [from, to) of the toy digits that the tiny trainings use. */
export function tinyRows(from: number, to: number): LabelledMatrix {
  const { x, labels } = toyDigits({ rows: 120, seed: 3 });
  return { x: rowsBetween(x, from, to), labels: labels.subarray(from, to) };
}

export interface TinyTraining extends Partial<TrainerOptions> {
  readonly rows?: LabelledMatrix;
  readonly validation?: LabelledMatrix;
  readonly hidden?: number;
}

/** A training that takes a fraction of a second. */
export async function tinyTrainer({ rows, validation, hidden = 8, ...over }: TinyTraining = {}): Promise<Trainer> {
  const { tf } = await loadTensorFlow();
  const network = createCnn(tf, 28, { ...model.defaults, filters: [[3], [4]], hidden, dropout: 0.25 });
  return createEagerTrainer(tf, network, rows ?? tinyRows(0, 100), validation ?? tinyRows(100, 120), { ...OPTIONS, ...over });
}

export const QUIET: TrainerHooks = { signal: new AbortController().signal, progress: () => undefined };
