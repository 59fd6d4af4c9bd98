import { InvalidConfigError, InvalidDataError, InvalidModelError } from '../../shared/errors.js';
import type { JsonObject } from '../../shared/json.js';
import type { NpyArray } from '../data/npy.js';
import { decodeNpz, encodeNpz } from '../data/npz.js';
import type { LabelledMatrix, Matrix } from '../matrix.js';
import { checkTrainingData } from './check-training-data.js';
import { checkWidth } from './check-width.js';
import { covariancePreconditioner } from './covariance-preconditioner.js';
import { minimiseLbfgs } from './minimise-lbfgs.js';
import { CLASSES } from './model.js';
import type { Classifier, FitContext, ModelKind } from './model.js';
import { softmaxLoss } from './softmax-loss.js';
import { columnScales, standardisePadded } from './standardise.js';
import { thinCurve } from './thin-curve.js';

/** The options of scikit-learn's LogisticRegression. */
export interface LogisticRegressionOptions {
  /** Inverse L2 strength, as in scikit-learn: the penalty is |W|^2 / (2 C) beside the summed loss. @default 1 */
  readonly C: number;
  /** Stops when no component of the mean loss's gradient is larger. @default 1e-4 */
  readonly tolerance: number;
  /** @default 100 */
  readonly maxIterations: number;
}

/**
 * Multinomial logistic regression with an L2 penalty on its weights (not on its bias), fitted by L-BFGS on standardised columns;
 * the standardisation is folded into the weights afterwards. Constant columns get weight zero. It starts from zero and draws no
 * random number. A class that is missing from training gets a low probability.
 */
export const model: ModelKind<LogisticRegressionOptions> = {
  name: 'logistic-regression',
  defaults: { C: 1, tolerance: 1e-4, maxIterations: 100 },

  async fit(train, validation, options, context) {
    checkTrainingData(train, validation);
    if (!(options.C > 0)) throw new InvalidConfigError(`Logistic regression: C is ${options.C}, expected a number above 0.`);
    context.signal.throwIfAborted();
    const { weights, bias, losses, converged } = await fitWeights(train, options, context);
    context.progress({ fraction: 1, note: `${losses.length} iterations` });
    return classifier(weights, bias, { iterations: losses.length, converged, curves: { trainLogLoss: thinCurve(losses) } });
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

async function fitWeights(
  { x, labels }: LabelledMatrix,
  { C, tolerance, maxIterations }: LogisticRegressionOptions,
  context: FitContext,
): Promise<{ weights: Float32Array; bias: Float32Array; losses: number[]; converged: boolean }> {
  const scales = columnScales(x);
  const padded = standardisePadded(x, scales);
  const ridge = 1 / (C * x.rows);
  const penalised = x.columns * CLASSES; // the bias and the padding come after
  const objective = (w: Float64Array, gradient: Float64Array): number => {
    let loss = softmaxLoss(padded, labels, w, gradient);
    for (let i = 0; i < penalised; i++) {
      loss += 0.5 * ridge * w[i] * w[i];
      gradient[i] += ridge * w[i];
    }
    return loss;
  };
  const losses: number[] = [];
  let fractionSoFar = 0;
  const { x: solution, converged } = await minimiseLbfgs(objective, new Float64Array(padded.stride * CLASSES), {
    maxIterations, tolerance, precondition: covariancePreconditioner(padded, ridge, () => context.progress({ fraction: 0, note: 'covariance' })),
    onIteration: async (iteration, loss, gradient) => {
      losses.push(loss);
      // The gradient falls by a steady factor an iteration: its logarithm says how far the fit has come.
      const closeness = Math.log10(1 / gradient) / Math.log10(1 / tolerance);
      fractionSoFar = Math.min(0.99, Math.max(iteration / maxIterations, fractionSoFar, closeness));
      context.progress({ fraction: fractionSoFar, note: `iteration ${iteration}`, metrics: { loss } });
      await new Promise((resolve) => setImmediate(resolve)); // lets messages out and an abort in
      context.signal.throwIfAborted();
    },
  });
  return { ...foldScales(solution, scales), losses, converged };
}

/** Weights for columns as they come, from weights for standardised columns. */
function foldScales(solution: Float64Array, { mean, inverseDeviation }: ReturnType<typeof columnScales>): { weights: Float32Array; bias: Float32Array } {
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
  const unit = data instanceof Uint8Array ? 1 / 255 : 1;
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
