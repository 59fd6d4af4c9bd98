import type { Matrix } from '../../ml/matrix.js';
import { rowsBetween } from '../../ml/matrix.js';
import { CLASSES } from '../../ml/models/model.js';
import type { Classifier } from '../../ml/models/model.js';
import type { CancelSignal } from '../../shared/step.js';

/** Rows at once: a fraction of a second of any model, and whole batches of the network's. */
const ROWS = 1024;

/** Class probabilities of all rows, with a word about progress (the fraction done) after every part of them. */
export async function predictInParts(model: Pick<Classifier, 'predictProba'>, x: Matrix, signal: CancelSignal, progress: (fraction: number) => void): Promise<Matrix<Float32Array>> {
  const data = new Float32Array(x.rows * CLASSES);
  for (let from = 0; from < x.rows; from += ROWS) {
    signal.throwIfAborted();
    const to = Math.min(from + ROWS, x.rows);
    data.set((await model.predictProba(rowsBetween(x, from, to))).data, from * CLASSES);
    progress(to / x.rows);
  }
  return { rows: x.rows, columns: CLASSES, data };
}
