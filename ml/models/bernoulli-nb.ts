import { InvalidConfigError } from '../../shared/errors.js';
import type { NpyArray } from '../data/npy.js';
import type { LabelledMatrix, Matrix } from '../matrix.js';
import { classMeans } from './class-means.js';
import { linearScores, readLinearScores } from './linear-scores.js';
import type { LinearScores } from './linear-scores.js';
import { CLASSES } from './model.js';
import { scoreKind } from './score-kind.js';
import type { ScoreModel, ScoreOptions } from './score-kind.js';

/** The options of scikit-learn's BernoulliNB, and a projection. */
export interface BernoulliNbOptions extends ScoreOptions {
  /** Values above it count as 1; pixels are in 0..1. @default 0.5 */
  readonly threshold: number;
  /** Laplace's and Lidstone's smoothing: rows of either value that are added to each class. @default 1 */
  readonly alpha: number;
}

/** Bernoulli naive Bayes: every column says yes or no, and within a class the columns are taken for independent. */
export const model = scoreKind<BernoulliNbOptions>({
  name: 'bernoulli-nb',
  title: 'Bernoulli naive Bayes',
  defaults: { standardise: false, projection: 'none', components: 0, temperature: 0, threshold: 0.5, alpha: 1 },

  async learn({ x, labels }, { threshold, alpha }) {
    if (!(alpha > 0)) throw new InvalidConfigError(`Bernoulli naive Bayes: alpha is ${alpha}, expected a number above 0.`);
    if (!Number.isFinite(threshold)) throw new InvalidConfigError(`Bernoulli naive Bayes: threshold is ${threshold}, expected a finite number.`);
    return binarised(logOdds({ x: above(x, threshold), labels }, alpha), threshold);
  },

  read(arrays: Readonly<Record<string, NpyArray | undefined>>) {
    const [linear, threshold] = [readLinearScores(arrays), arrays['threshold']?.data];
    return linear && threshold instanceof Float64Array && threshold.length === 1 ? binarised(linear, threshold[0]) : undefined;
  },
});

/** Weights log p - log(1 - p) and biases log prior + sum of log(1 - p). */
function logOdds(rows: LabelledMatrix, alpha: number): LinearScores {
  const { columns } = rows.x;
  const { counts, means, logPriors } = classMeans(rows);
  const weights = new Float32Array(columns * CLASSES);
  const bias = logPriors.slice();
  for (let k = 0; k < CLASSES; k++) {
    for (let j = 0; j < columns; j++) {
      const ones = (means[k * columns + j] * counts[k] + alpha) / (counts[k] + 2 * alpha);
      weights[j * CLASSES + k] = Math.log(ones) - Math.log1p(-ones);
      bias[k] += Math.log1p(-ones);
    }
  }
  return { offset: new Float32Array(columns), weights, bias };
}

function binarised(linear: LinearScores, threshold: number): ScoreModel {
  const model = linearScores(linear);
  return {
    ...model,
    scores: (z) => model.scores(above(z, threshold)),
    arrays: () => ({ ...model.arrays(), threshold: { data: Float64Array.of(threshold), shape: [1] } }),
  };
}

function above({ rows, columns, data }: Matrix, threshold: number): Matrix<Float32Array> {
  const limit = Math.fround(threshold); // as the values are
  const ones = new Float32Array(data.length);
  for (let i = 0; i < data.length; i++) if (data[i] > limit) ones[i] = 1;
  return { rows, columns, data: ones };
}
