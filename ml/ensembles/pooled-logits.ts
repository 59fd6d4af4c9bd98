import { InvalidConfigError } from '../../shared/errors.js';
import type { Matrix } from '../matrix.js';
import { minimiseLbfgs } from '../models/minimise-lbfgs.js';
import { CLASSES } from '../models/model.js';
import { softmaxRow } from './softmax-row.js';

/** A weight for each base and a bias for each class, on the logarithms of the bases' probabilities. */
export interface PoolWeights {
  readonly bases: Float64Array;
  readonly bias: Float64Array;
}

/**
 * Fits softmax(sum of weight x log-probabilities + bias) by L-BFGS: multinomial logistic regression whose weights are tied over
 * the classes (logarithmic opinion pool, Heskes 1998). With one number a base it learns whom to trust and how sure to be, and has
 * little to overfit: untied weights lost to the best base on 10,000 rows. The L2 penalty |w - 1/bases|^2 / (2 C) beside the summed
 * loss draws the weights to equal votes.
 * @param logs float32 [rows, bases x 10]
 * @throws InvalidConfigError unless C > 0.
 */
export async function fitPool(
  logs: Matrix<Float32Array>,
  labels: Uint8Array,
  C: number,
  onIteration: (iteration: number, loss: number) => Promise<void>,
): Promise<PoolWeights> {
  if (!(C > 0)) throw new InvalidConfigError(`The meta-learner's C is ${C}, expected a number above 0.`);
  const count = logs.columns / CLASSES;
  const start = new Float64Array(count + CLASSES).fill(1 / count, 0, count);
  const scores = new Float64Array(CLASSES);
  const objective = (x: Float64Array, gradient: Float64Array): number => {
    gradient.fill(0);
    let loss = 0;
    for (let row = 0; row < logs.rows; row++) {
      poolScores(logs.data, row * logs.columns, x.subarray(0, count), x.subarray(count), scores);
      softmaxRow(scores);
      loss -= Math.log(Math.max(Number.MIN_VALUE, scores[labels[row]]));
      scores[labels[row]] -= 1;
      for (let k = 0; k < CLASSES; k++) gradient[count + k] += scores[k];
      for (let b = 0, at = row * logs.columns; b < count; b++) {
        for (let k = 0; k < CLASSES; k++, at++) gradient[b] += scores[k] * logs.data[at];
      }
    }
    for (let i = 0; i < x.length; i++) {
      const gap = x[i] - start[i]; // the bias is drawn to 0: its common part would otherwise be free
      loss += (gap * gap) / (2 * C);
      gradient[i] = (gradient[i] + gap / C) / logs.rows;
    }
    return loss / logs.rows;
  };
  const { x } = await minimiseLbfgs(objective, start, {
    maxIterations: 100, tolerance: 1e-6, onIteration: (iteration, loss) => onIteration(iteration, loss),
  });
  return { bases: x.slice(0, count), bias: x.slice(count) };
}

/** The class probabilities of every row: float32 [rows, 10]. */
export function poolProbabilities(logs: Matrix<Float32Array>, { bases, bias }: PoolWeights): Matrix<Float32Array> {
  const data = new Float32Array(logs.rows * CLASSES);
  const scores = new Float64Array(CLASSES);
  for (let row = 0; row < logs.rows; row++) {
    poolScores(logs.data, row * logs.columns, bases, bias, scores);
    softmaxRow(scores);
    data.set(scores, row * CLASSES);
  }
  return { rows: logs.rows, columns: CLASSES, data };
}

function poolScores(logs: Float32Array, at: number, bases: Float64Array, bias: Float64Array, scores: Float64Array): void {
  for (let k = 0; k < CLASSES; k++) {
    let score = bias[k];
    for (let b = 0; b < bases.length; b++) score += bases[b] * logs[at + b * CLASSES + k];
    scores[k] = score;
  }
}
