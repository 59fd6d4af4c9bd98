import { InvalidConfigError } from '../../shared/errors.js';
import type { Matrix } from '../matrix.js';
import { takeMatrixRows } from '../data/take-matrix-rows.js';
import { CLASSES } from '../models/model.js';
import { softmaxLoss } from '../models/softmax-loss.js';
import { checkAnswers, checkBases } from './check-bases.js';
import { numbersOf, readEnsemble, writeEnsemble } from './ensemble-bytes.js';
import type { Ensemble, EnsembleContext, EnsembleKind } from './ensemble.js';
import { logProbabilities } from './log-probabilities.js';
import { messagesPass } from './messages-pass.js';
import { fitPool } from './pooled-logits.js';
import { softmaxRow } from './softmax-row.js';
import { stratifiedFolds } from './stratified-folds.js';
import { fitUntied, paddedRows, untied } from './untied-pool.js';

/** The options of stacking with logistic regression. */
export interface StackLogisticOptions {
  /** Inverse L2 strengths to choose from, by the log-loss of inner folds; the smaller, the closer to a logarithmic opinion pool. */
  readonly Cs: readonly number[];
  /** Inner folds. @default 3 */
  readonly folds: number;
  /** Of the pool that the weights are drawn to. @default 1 */
  readonly poolC: number;
}

/**
 * Stacking (Wolpert 1992) with multinomial logistic regression on the logarithms of the bases' probabilities: one weight for each base, class
 * and class. The penalty draws the weights not to zero but to the logarithmic opinion pool of the same rows: with little data it stays there,
 * with much it learns which base to trust for which digit. How far is chosen in inner folds.
 */
export const method: EnsembleKind<StackLogisticOptions> = {
  name: 'stack-logistic',
  defaults: { Cs: [1e-4, 1e-3, 1e-2, 1e-1], folds: 3, poolC: 1 },

  async fit(bases, labels, options, context) {
    checkBases(bases, labels);
    const { Cs, folds } = options;
    if (Cs.length === 0 || !Cs.every((C) => C > 0)) throw new InvalidConfigError(`Stacking: Cs is [${Cs.join(', ')}], expected numbers above 0.`);
    if (!Number.isInteger(folds) || folds < 2 || folds > 255) throw new InvalidConfigError(`Stacking: folds is ${folds}, expected a whole number from 2 to 255.`);
    const ascending = [...Cs].sort((a, b) => a - b);
    const logs = logProbabilities(bases);
    const losses = new Float64Array(ascending.length);
    const fold = stratifiedFolds(labels, folds, context.seed);
    for (let held = 0; held < folds && ascending.length > 1; held++) {
      const [kept, left] = [rowsOf(fold, (of) => of !== held), rowsOf(fold, (of) => of === held)];
      const part = partOf(context, held / (folds + 1), 1 / (folds + 1), `inner fold ${held + 1}/${folds}`);
      const path = await fitPath(takeMatrixRows(logs, kept), take(labels, kept), ascending, options.poolC, part);
      const others = { rows: paddedRows(takeMatrixRows(logs, left)), labels: take(labels, left) };
      for (const [i, weights] of path.entries()) losses[i] += softmaxLoss(others.rows, others.labels, weights, new Float64Array(weights.length)) * left.length;
    }
    const C = ascending[losses.indexOf(Math.min(...losses))];
    const [weights] = await fitPath(logs, labels, [C], options.poolC, partOf(context, folds / (folds + 1), 1 / (folds + 1), 'all rows'));
    context.progress({ fraction: 1 });
    return logisticStack(bases.names, weights.slice(0, (logs.columns + 1) * CLASSES), C);
  },

  async load(bytes) {
    const saved = readEnsemble(bytes, 'stack-logistic');
    const weights = numbersOf(saved, 'weights', (saved.names.length * CLASSES + 1) * CLASSES);
    return logisticStack(saved.names, weights, numbersOf(saved, 'C', 1)[0]);
  },
};

/** The solutions of all C, ascending; each starts from the one before. */
async function fitPath(logs: Matrix<Float32Array>, labels: Uint8Array, Cs: readonly number[], poolC: number, context: EnsembleContext): Promise<Float64Array[]> {
  const pool = await fitPool(logs, labels, poolC, (iteration, loss) => messagesPass(context, { fraction: 0, note: `pool ${iteration}`, metrics: { loss } }));
  const rows = paddedRows(logs);
  const towards = untied(pool, rows.stride);
  const path: Float64Array[] = [];
  for (const [i, C] of Cs.entries()) {
    path.push(await fitUntied(rows, labels, C, {
      start: path.at(-1) ?? towards, towards,
      onIteration: (_, loss) => messagesPass(context, { fraction: i / Cs.length, note: `C ${C}`, metrics: { loss } }),
    }));
  }
  return path;
}

function rowsOf(fold: Uint8Array, wanted: (fold: number) => boolean): Int32Array {
  return Int32Array.from(fold.keys()).filter((row) => wanted(fold[row]));
}

function take(labels: Uint8Array, rows: Int32Array): Uint8Array {
  return Uint8Array.from(rows, (row) => labels[row]);
}

/** A part of a fit's progress. */
function partOf(context: EnsembleContext, from: number, share: number, note: string): EnsembleContext {
  return { ...context, progress: (update) => context.progress({ ...update, fraction: from + share * update.fraction, note: `${note}, ${update.note ?? ''}` }) };
}

/** @param weights float64 [bases x 10 + 1, 10], the bias last. */
function logisticStack(names: readonly string[], weights: Float64Array, C: number): Ensemble {
  return {
    method: 'stack-logistic', names,
    parameters: weights.length,
    runtime: 'typescript',
    details: { C },

    async predictProba(probabilities) {
      checkAnswers('stack-logistic', names, probabilities);
      return answers(logProbabilities({ names, probabilities }), weights);
    },

    async save() {
      return writeEnsemble('stack-logistic', names, { weights: { data: weights, shape: [weights.length / CLASSES, CLASSES] }, C: { data: Float64Array.of(C), shape: [1] } });
    },

    dispose() {
      // everything is on the JavaScript heap
    },
  };
}

function answers({ rows, columns, data }: Matrix<Float32Array>, weights: Float64Array): Matrix<Float32Array> {
  const proba = new Float32Array(rows * CLASSES);
  const scores = new Float64Array(CLASSES);
  for (let row = 0, i = 0; row < rows; row++) {
    for (let k = 0; k < CLASSES; k++) scores[k] = weights[columns * CLASSES + k];
    for (let j = 0, w = 0; j < columns; j++, i++) for (let k = 0; k < CLASSES; k++, w++) scores[k] += data[i] * weights[w];
    softmaxRow(scores);
    proba.set(scores, row * CLASSES);
  }
  return { rows, columns: CLASSES, data: proba };
}
