import type { Matrix } from '../matrix.js';
import { minimiseLbfgs } from '../models/minimise-lbfgs.js';
import { CLASSES } from '../models/model.js';
import { paddedStride } from '../models/standardise.js';
import type { PaddedRows } from '../models/mean-linear-loss.js';
import type { PoolWeights } from './pooled-logits.js';
import { untiedProblem } from './untied-problem.js';

const MAX_ITERATIONS = 40;
const TOLERANCE = 1e-4; // a tenth of it moves the log-loss by less than 1e-6, at twice the time

/** The bases' log-probabilities as the kernel takes them: a column of ones after them, and zeros up to an even number. */
export function paddedRows({ rows, columns, data }: Matrix<Float32Array>): PaddedRows {
  const stride = paddedStride(columns);
  const padded = new Float32Array(rows * stride);
  for (let row = 0; row < rows; row++) {
    padded.set(data.subarray(row * columns, (row + 1) * columns), row * stride);
    padded[row * stride + columns] = 1;
  }
  return { rows, stride, data: padded };
}

/** A logarithmic opinion pool written with a weight for each base, class and class: float64 [stride, 10], the bias after the columns. */
export function untied({ bases, bias }: PoolWeights, stride: number): Float64Array {
  const weights = new Float64Array(stride * CLASSES);
  for (let b = 0; b < bases.length; b++) for (let k = 0; k < CLASSES; k++) weights[(b * CLASSES + k) * CLASSES + k] = bases[b];
  weights.set(bias, bases.length * CLASSES * CLASSES);
  return weights;
}

/**
 * Multinomial logistic regression on log-probabilities, drawn to given weights: minimises the summed cross-entropy +
 * |W - towards|^2 / (2 C) by L-BFGS, starting at `start`.
 * @param start @param towards float64 [stride, 10]
 * @param onIteration lets messages out and an abort in.
 */
export async function fitUntied(
  rows: PaddedRows, labels: Uint8Array, C: number,
  { start, towards, onIteration }: { readonly start: Float64Array; readonly towards: Float64Array; readonly onIteration: (iteration: number, loss: number) => Promise<void> },
): Promise<Float64Array> {
  const ridge = 1 / (C * rows.rows);
  const problem = await untiedProblem(rows, labels, ridge);
  const objective = (weights: Float64Array, gradient: Float64Array): number => {
    let loss = problem.loss(weights, gradient);
    for (let i = 0; i < weights.length; i++) {
      const gap = weights[i] - towards[i];
      loss += 0.5 * ridge * gap * gap;
      gradient[i] += ridge * gap;
    }
    return loss;
  };
  try {
    const { x } = await minimiseLbfgs(objective, start, {
      maxIterations: MAX_ITERATIONS, tolerance: TOLERANCE, precondition: (vector) => problem.precondition(vector), onIteration: (iteration, loss) => onIteration(iteration, loss),
    });
    return x;
  } finally {
    problem.dispose();
  }
}
