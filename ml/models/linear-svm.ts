import { InvalidConfigError } from '../../shared/errors.js';
import { takeLabelledRows } from '../data/take-labelled-rows.js';
import { softmaxRow } from '../ensembles/softmax-row.js';
import { stratifiedFolds } from '../ensembles/stratified-folds.js';
import { logLoss } from '../evaluation/log-loss.js';
import type { LabelledMatrix } from '../matrix.js';
import { rowsBetween } from '../matrix.js';
import { goldenSection } from '../svm/golden-section.js';
import { checkTrainingData } from './check-training-data.js';
import { fitLinearScores } from './fit-linear-scores.js';
import type { LinearOptions } from './fit-linear-scores.js';
import { linearClassifier, loadLinearClassifier } from './linear-classifier.js';
import type { LinearScores } from './linear-classifier.js';
import type { FitContext, ModelKind } from './model.js';
import { SQUARED_HINGE } from './squared-hinge.js';
import { thinCurve } from './thin-curve.js';

const NAME = 'linear SVM';
const POINTS = 30; // of each curve: details stay small
const FOLDS = 5;
const [FLATTEST, STEEPEST, STEPS] = [0.1, 100, 20];
const UNKNOWN = 1; // of a single row
const SMALLEST = 1e-38; // above zero in float32

/**
 * Linear support vector machines, one class versus the rest, with squared hinge and an L2 penalty (scikit-learn's LinearSVC, whose C it is), on standardised
 * columns; the penalty is not on the bias. Probabilities are the softmax of the scores times one factor, which the validation rows choose by log-loss: the likeliest class is
 * the one with the highest score. Without validation rows, a fifth of the training rows choose it, scored by a second fit on the others. A
 * class that is missing from training gets a low probability.
 */
export const model: ModelKind<LinearOptions> = {
  name: 'linear-svm',
  defaults: { C: 0.01, tolerance: 1e-4, maxIterations: 200, patience: 0 },

  async fit(train, validation, options, context) {
    checkTrainingData(train, validation);
    if (!(options.C > 0 && options.C < Infinity)) throw new InvalidConfigError(`Linear SVM: C is ${options.C}, expected a number above 0.`);
    context.signal.throwIfAborted();
    const told = validation.x.rows > 0;
    const { scores, losses, validationLosses, best, converged } =
      await fitLinearScores(train, validation, SQUARED_HINGE, options, told ? context : withinHalf(context, 0));
    const factor = await (told ? factorFor(scores, validation) : crossFittedFactor(train, options, withinHalf(context, 1)));
    context.progress({ fraction: 1, note: `${losses.length} iterations` });
    return linearClassifier(NAME, scaledBy(scores, factor), {
      iterations: losses.length, bestIteration: best, converged, factor,
      calibratedOn: told ? 'validation rows' : 'a fifth of the training rows, by a fit on the others',
      curves: {
        trainHinge: thinCurve(losses, POINTS),
        ...(validationLosses.length > 0 && { validationHinge: thinCurve(validationLosses, POINTS) }),
      },
    });
  },

  async load(bytes) {
    return loadLinearClassifier(NAME, bytes);
  },
};

/** The factor for a fold of the rows by scores fitted on the others. */
async function crossFittedFactor(train: LabelledMatrix, options: LinearOptions, context: FitContext): Promise<number> {
  const folds = stratifiedFolds(train.labels, FOLDS, context.seed);
  const part = (inside: boolean): LabelledMatrix => takeLabelledRows(train, [...folds.keys()].filter((row) => (folds[row] === 0) === inside));
  const [held, others] = [part(true), part(false)];
  if (others.labels.length === 0) return UNKNOWN;
  const nothing = { x: rowsBetween(train.x, 0, 0), labels: new Uint8Array(0) };
  const { scores } = await fitLinearScores(others, nothing, SQUARED_HINGE, { ...options, patience: 0 }, context);
  return factorFor(scores, held);
}

/** The factor with which the softmax of the scores has the lowest log-loss. */
async function factorFor(scores: LinearScores, { x, labels }: LabelledMatrix): Promise<number> {
  const { data, rows, columns } = await linearClassifier(NAME, scores, {}).predictProba(x);
  const logs = Float64Array.from(data, (value) => Math.log(Math.max(SMALLEST, value))); // the scores but for a constant a row
  const scaled = new Float32Array(data.length);
  const row = new Float64Array(columns);
  const loss = (logarithm: number): number => {
    const factor = Math.exp(logarithm);
    for (let from = 0; from < logs.length; from += columns) {
      for (let k = 0; k < columns; k++) row[k] = factor * logs[from + k];
      softmaxRow(row);
      scaled.set(row, from);
    }
    return logLoss({ rows, columns, data: scaled }, labels);
  };
  return Math.exp(goldenSection(loss, Math.log(FLATTEST), Math.log(STEEPEST), STEPS));
}

function scaledBy({ weights, bias }: LinearScores, factor: number): LinearScores {
  return { weights: weights.map((value) => value * factor), bias: bias.map((value) => value * factor) };
}

/** A context whose progress is the first (0) or second (1) half of the work. */
function withinHalf(context: FitContext, half: number): FitContext {
  return { ...context, progress: (update) => context.progress({ ...update, fraction: (half + update.fraction) / 2 }) };
}
