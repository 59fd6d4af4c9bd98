import { loadTensorFlow } from '../../native/tensorflow.js';
import { InvalidConfigError, InvalidDataError, InvalidModelError } from '../../shared/errors.js';
import type { JsonObject } from '../../shared/json.js';
import type { NpyArray } from '../data/npy.js';
import { decodeNpz, encodeNpz } from '../data/npz.js';
import { rowsBetween } from '../matrix.js';
import type { LabelledMatrix, Matrix } from '../matrix.js';
import { unitOf } from '../unit-of.js';
import { checkTrainingData } from './check-training-data.js';
import { checkWidth } from './check-width.js';
import { minimiseLbfgs } from './minimise-lbfgs.js';
import { CLASSES } from './model.js';
import type { Classifier, FitContext, ModelKind } from './model.js';
import { plainProblem } from './softmax-problem.js';
import type { SoftmaxProblem } from './softmax-problem.js';
import { columnScales } from './standardise.js';
import type { ColumnScales } from './standardise.js';
import { tensorProblem } from './tensor-softmax-problem.js';
import { thinCurve } from './thin-curve.js';

/** The options of scikit-learn's LogisticRegression. */
export interface LogisticRegressionOptions {
  /** Inverse L2 strength, as in scikit-learn: the penalty is |W|^2 / (2 C) beside the summed loss. @default 1 */
  readonly C: number;
  /** Stops when no component of the mean loss's gradient is larger. @default 1e-4 */
  readonly tolerance: number;
  /** @default 100 */
  readonly maxIterations: number;
  /** Stops after so many iterations without a better validation log-loss, and keeps the best; 0 never looks. @default 0 */
  readonly patience: number;
}

/** Numbers (rows x columns) from which on TensorFlow's products are worth the second that loading it takes. */
const LARGE = 4e6;

/**
 * Multinomial logistic regression with an L2 penalty on its weights (not on its bias), fitted by L-BFGS on standardised columns;
 * the standardisation is folded into the weights afterwards. Constant columns get weight zero. It starts from zero and draws no
 * random number. Many numbers are multiplied by TensorFlow in float32, few by float64 loops. With `patience`, the iteration
 * with the best validation log-loss is kept: steps that the covariance preconditions meet the directions in which the columns vary
 * together first, so that stopping early shrinks the others, which suits correlated columns better than C alone. A class that is missing from training gets a low probability.
 */
export const model: ModelKind<LogisticRegressionOptions> = {
  name: 'logistic-regression',
  defaults: { C: 1, tolerance: 1e-4, maxIterations: 100, patience: 0 },

  async fit(train, validation, options, context) {
    checkTrainingData(train, validation);
    if (!(options.C > 0)) throw new InvalidConfigError(`Logistic regression: C is ${options.C}, expected a number above 0.`);
    context.signal.throwIfAborted();
    const { weights, bias, losses, validationLosses, best, converged } = await fitWeights(train, validation, options, context);
    context.progress({ fraction: 1, note: `${losses.length} iterations` });
    return classifier(weights, bias, {
      iterations: losses.length, bestIteration: best, converged,
      curves: {
        trainLogLoss: thinCurve(losses, POINTS),
        ...(validationLosses.length > 0 && { validationLogLoss: thinCurve(validationLosses, POINTS) }),
      },
    });
  },

  async load(bytes) {
    const { weights, bias } = arraysOf(bytes);
    const columns = weights.shape[0] ?? 0;
    const fits = weights.data instanceof Float32Array && bias.data instanceof Float32Array &&
      weights.shape.length === 2 && weights.shape[1] === CLASSES && bias.data.length === CLASSES && columns > 0;
    if (!fits) {
      throw new InvalidModelError(`Not a logistic regression: weights are (${weights.shape.join(', ')}) ${weights.dtype}, expected (columns, ${CLASSES}) f4.`);
    }
    return classifier(weights.data as Float32Array, bias.data as Float32Array, {});
  },
};

const POINTS = 30; // of each curve: details stay small

interface Fitted {
  readonly weights: Float32Array;
  readonly bias: Float32Array;
  /** After each iteration. */
  readonly losses: readonly number[];
  readonly validationLosses: readonly number[];
  /** The iteration whose weights these are, from 1. */
  readonly best: number;
  readonly converged: boolean;
}

async function fitWeights(train: LabelledMatrix, validation: LabelledMatrix, options: LogisticRegressionOptions, context: FitContext): Promise<Fitted> {
  context.progress({ fraction: 0, note: 'standardising' });
  const scales = columnScales(train.x);
  await messagesPass(context);
  const ridge = 1 / (options.C * train.x.rows);
  const seen = options.patience > 0 ? validation : { x: rowsBetween(validation.x, 0, 0), labels: new Uint8Array(0) };
  const problem = await problemOf(train, seen, scales, ridge, context);
  try {
    const { solution, ...rest } = await minimise(problem, train.x.columns * CLASSES, seen.x.rows > 0, ridge, options, context);
    return { ...foldScales(solution, scales), ...rest };
  } finally {
    problem.dispose();
  }
}

async function problemOf(train: LabelledMatrix, validation: LabelledMatrix, scales: ColumnScales, ridge: number, context: FitContext): Promise<SoftmaxProblem> {
  const working = (): void => context.progress({ fraction: 0, note: 'covariance' });
  if (train.x.rows * train.x.columns < LARGE) return plainProblem(train, validation, scales, ridge, working);
  const { tf } = await loadTensorFlow();
  return tensorProblem(tf, train, validation, scales, ridge, async () => {
    working();
    await messagesPass(context);
  });
}

/** Lets messages out and an abort in. */
async function messagesPass({ signal }: FitContext): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  signal.throwIfAborted();
}

/** @param penalised how many of the weights the penalty is on: those of the bias and the padding come after. */
async function minimise(
  problem: SoftmaxProblem, penalised: number, validated: boolean, ridge: number,
  { tolerance, maxIterations, patience }: LogisticRegressionOptions, context: FitContext,
): Promise<Omit<Fitted, 'weights' | 'bias'> & { readonly solution: Float64Array }> {
  const objective = (w: Float64Array, gradient: Float64Array): number => {
    let loss = problem.loss(w, gradient);
    for (let i = 0; i < penalised; i++) {
      loss += 0.5 * ridge * w[i] * w[i];
      gradient[i] += ridge * w[i];
    }
    return loss;
  };
  const [losses, validationLosses]: [number[], number[]] = [[], []];
  let fractionSoFar = 0;
  let best = { iteration: 0, loss: Number.POSITIVE_INFINITY, solution: new Float64Array(problem.size) };
  const { x, converged } = await minimiseLbfgs(objective, best.solution, {
    maxIterations, tolerance, precondition: (vector) => problem.precondition(vector),
    onIteration: async (iteration, loss, gradient, weights) => {
      losses.push(loss);
      if (validated) {
        const validationLoss = problem.validationLoss(weights);
        validationLosses.push(validationLoss);
        if (validationLoss < best.loss) best = { iteration, loss: validationLoss, solution: weights.slice() };
      }
      // The gradient falls by a steady factor an iteration: its logarithm says how far the fit has come.
      const closeness = Math.log10(1 / gradient) / Math.log10(1 / tolerance);
      fractionSoFar = Math.min(0.99, Math.max(iteration / maxIterations, fractionSoFar, closeness));
      context.progress({ fraction: fractionSoFar, note: `iteration ${iteration}`, metrics: { loss } });
      await messagesPass(context);
      return validated && iteration - best.iteration >= patience ? 'stop' : undefined;
    },
  });
  return { losses, validationLosses, converged, ...(validated ? { best: best.iteration, solution: best.solution } : { best: losses.length, solution: x }) };
}

/** Weights for columns as they come, from weights for standardised columns. */
function foldScales(solution: Float64Array, { mean, inverseDeviation }: ColumnScales): { weights: Float32Array; bias: Float32Array } {
  const columns = mean.length;
  const weights = new Float32Array(columns * CLASSES);
  const bias = solution.slice(columns * CLASSES, (columns + 1) * CLASSES);
  for (let j = 0, i = 0; j < columns; j++) {
    for (let k = 0; k < CLASSES; k++, i++) {
      weights[i] = solution[i] * inverseDeviation[j];
      bias[k] -= weights[i] * mean[j]; // by the rounded weight, so that rounding does not move the mean row
    }
  }
  return { weights, bias: Float32Array.from(bias) };
}

function arraysOf(bytes: Uint8Array): Readonly<Record<string, NpyArray>> {
  try {
    const { arrays } = decodeNpz(bytes, 'logistic regression');
    if (arrays['weights'] && arrays['bias']) return arrays;
  } catch (error) {
    if (error instanceof InvalidDataError) throw new InvalidModelError(`Not a logistic regression: ${error.message}`, { cause: error });
    throw error;
  }
  throw new InvalidModelError('Not a logistic regression: expected an .npz with weights and bias.');
}

function classifier(weights: Float32Array, bias: Float32Array, details: JsonObject): Classifier {
  const columns = weights.length / CLASSES;
  return {
    columns,
    parameters: weights.length + CLASSES,
    runtime: 'typescript',
    details,

    async predictProba(x) {
      checkWidth('logistic regression', x, columns);
      return { rows: x.rows, columns: CLASSES, data: probabilities(x, weights, bias) };
    },

    async save() {
      return encodeNpz({ weights: { data: weights, shape: [columns, CLASSES] }, bias: { data: bias, shape: [CLASSES] } });
    },

    dispose() {
      // everything is on the JavaScript heap
    },
  };
}

function probabilities({ rows, columns, data }: Matrix, weights: Float32Array, bias: Float32Array): Float32Array {
  const unit = unitOf({ data });
  const proba = new Float32Array(rows * CLASSES);
  const scores = new Float64Array(CLASSES);
  for (let row = 0, i = 0; row < rows; row++) {
    scores.fill(0);
    for (let j = 0, w = 0; j < columns; j++, i++) {
      const value = data[i];
      if (value === 0) w += CLASSES;
      else for (let k = 0; k < CLASSES; k++, w++) scores[k] += value * weights[w];
    }
    let max = -Infinity;
    for (let k = 0; k < CLASSES; k++) max = Math.max(max, scores[k] = scores[k] * unit + bias[k]);
    let sum = 0;
    for (let k = 0; k < CLASSES; k++) sum += scores[k] = Math.exp(scores[k] - max);
    for (let k = 0; k < CLASSES; k++) proba[row * CLASSES + k] = scores[k] / sum;
  }
  return proba;
}
