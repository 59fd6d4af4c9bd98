import { loadTensorFlow } from '../../native/tensorflow-js.js';
import { rowsBetween } from '../matrix.js';
import type { LabelledMatrix } from '../matrix.js';
import { foldScales } from './fold-scales.js';
import type { LinearScores } from './linear-classifier.js';
import type { LinearLoss } from './linear-loss.js';
import { plainProblem } from './linear-problem.js';
import type { LinearProblem } from './linear-problem.js';
import { minimiseLbfgs } from './minimise-lbfgs.js';
import { CLASSES } from './model.js';
import type { FitContext } from './model.js';
import { columnScales } from './standardise.js';
import type { ColumnScales } from './standardise.js';
import { standardisedBlocks } from './standardised-blocks.js';
import { LARGE_PROBLEM, tensorProblem } from './tensor-linear-problem.js';

/** The options of a fit of linear scores, in scikit-learn's words. */
export interface LinearOptions {
  /** Inverse L2 strength, as in scikit-learn: the penalty is |W|^2 / (2 C) beside the summed loss. @default 1 */
  readonly C: number;
  /** Stops when no component of the mean loss's gradient is larger. @default 1e-4 */
  readonly tolerance: number;
  /** @default 100 */
  readonly maxIterations: number;
  /** Stops after so many iterations without a better validation loss, and keeps the best; 0 never looks. @default 0 */
  readonly patience: number;
}

/** Scores, and how they were found. */
export interface FittedLinear {
  readonly scores: LinearScores;
  /** After each iteration. */
  readonly losses: readonly number[];
  readonly validationLosses: readonly number[];
  /** The iteration whose weights these are, from 1. */
  readonly best: number;
  readonly converged: boolean;
}

/**
 * Minimises the mean loss of linear scores with an L2 penalty |W|^2 / (2 C) beside the summed loss (not on the bias), by preconditioned L-BFGS from zero on
 * standardised columns; the standardisation is folded into the weights afterwards. Constant columns get weight zero. Many numbers are multiplied by TensorFlow in
 * float32, few by float64 loops. With `patience`, the iteration with the best validation loss is kept.
 */
export async function fitLinearScores(
  train: LabelledMatrix, validation: LabelledMatrix, kind: LinearLoss, options: LinearOptions, context: FitContext,
): Promise<FittedLinear> {
  context.progress({ fraction: 0, note: 'standardising' });
  const scales = columnScales(train.x);
  await messagesPass(context);
  const ridge = 1 / (options.C * train.x.rows);
  const seen = options.patience > 0 ? validation : { x: rowsBetween(validation.x, 0, 0), labels: new Uint8Array(0) };
  const problem = await problemOf(train, seen, scales, kind, ridge, context);
  try {
    const { solution, ...rest } = await minimise(problem, train.x.columns * CLASSES, seen.x.rows > 0, ridge, options, context);
    return { scores: foldScales(solution, scales), ...rest };
  } finally {
    problem.dispose();
  }
}

async function problemOf(
  train: LabelledMatrix, validation: LabelledMatrix, scales: ColumnScales, kind: LinearLoss, ridge: number, context: FitContext,
): Promise<LinearProblem> {
  const working = (): void => context.progress({ fraction: 0, note: 'covariance' });
  const [rows, others] = [standardisedBlocks(train, scales), standardisedBlocks(validation, scales)];
  if (train.x.rows * train.x.columns < LARGE_PROBLEM) return plainProblem(rows, others, kind, ridge, working);
  const { tf } = await loadTensorFlow();
  return tensorProblem(tf, rows, others, kind, ridge, async () => {
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
  problem: LinearProblem, penalised: number, validated: boolean, ridge: number,
  { tolerance, maxIterations, patience }: LinearOptions, context: FitContext,
): Promise<Omit<FittedLinear, 'scores'> & { readonly solution: Float64Array }> {
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
