import { InvalidConfigError } from '../../shared/errors.js';
import type { NpyArray } from '../data/npy.js';
import type { LabelledMatrix, Matrix } from '../matrix.js';
import { classMeans } from './class-means.js';
import { CLASSES } from './model.js';
import { scoreKind } from './score-kind.js';
import type { ScoreModel, ScoreOptions } from './score-kind.js';

/** The options of scikit-learn's GaussianNB, and a projection. */
export interface GaussianNbOptions extends ScoreOptions {
  /** Part of the largest variance of a column that is added to all variances. @default 1e-9 */
  readonly varSmoothing: number;
}

/**
 * Gaussian naive Bayes: within a class, columns are taken for independent and normal. On pixels that is far from true; on linear
 * discriminants, which are uncorrelated within classes on the whole, it is a good model.
 */
export const model = scoreKind<GaussianNbOptions>({
  name: 'gaussian-nb',
  title: 'Gaussian naive Bayes',
  defaults: { standardise: false, projection: 'none', components: 0, temperature: 0, varSmoothing: 1e-9 },

  async learn(z, { varSmoothing }) {
    if (!(varSmoothing >= 0)) throw new InvalidConfigError(`Gaussian naive Bayes: varSmoothing is ${varSmoothing}, expected 0 or more.`);
    const { counts, means, logPriors } = classMeans(z);
    const variances = smoothed(classVariances(z, means, counts), varSmoothing * largestVariance(z.x));
    return densities({ logPriors, means: Float32Array.from(means), variances: Float32Array.from(variances) });
  },

  read({ logPriors, means, variances }: Readonly<Record<string, NpyArray | undefined>>) {
    if (!(logPriors?.data instanceof Float64Array) || !(means?.data instanceof Float32Array) || !(variances?.data instanceof Float32Array)) return undefined;
    const fits = logPriors.data.length === CLASSES && means.data.length === variances.data.length && means.shape[0] === CLASSES && means.data.length > 0;
    return fits ? densities({ logPriors: logPriors.data, means: means.data, variances: variances.data }) : undefined;
  },
});

/** A variance below is taken for this, so that a column that is constant in every class tells nothing rather than everything. */
const LEAST_VARIANCE = 1e-12;

interface Densities {
  readonly logPriors: Float64Array;
  /** [10, columns] */
  readonly means: Float32Array;
  readonly variances: Float32Array;
}

function classVariances({ x: { rows, columns, data }, labels }: LabelledMatrix, means: Float64Array, counts: Float64Array): Float64Array {
  const variances = new Float64Array(means.length);
  for (let row = 0, i = 0; row < rows; row++) {
    for (let j = 0, at = labels[row] * columns; j < columns; j++, i++, at++) {
      const difference = data[i] - means[at];
      variances[at] += difference * difference;
    }
  }
  return variances.map((sum, i) => sum / Math.max(1, counts[Math.floor(i / columns)]));
}

function smoothed(variances: Float64Array, added: number): Float64Array {
  return variances.map((variance) => Math.max(LEAST_VARIANCE, variance + added));
}

/** Of a column, over all rows. */
function largestVariance({ rows, columns, data }: Matrix): number {
  const [mean, sum] = [new Float64Array(columns), new Float64Array(columns)];
  for (let row = 0, i = 0; row < rows; row++) for (let j = 0; j < columns; j++, i++) mean[j] += data[i] / rows;
  for (let row = 0, i = 0; row < rows; row++) {
    for (let j = 0; j < columns; j++, i++) {
      const difference = data[i] - mean[j];
      sum[j] += difference * difference;
    }
  }
  return sum.reduce((largest, value) => Math.max(largest, value / rows), 0);
}

function densities({ logPriors, means, variances }: Densities): ScoreModel {
  const columns = means.length / CLASSES;
  const factors = Float64Array.from(variances, (variance) => -0.5 / variance);
  const constants = logPriors.map((prior, k) => {
    let sum = prior;
    for (let j = k * columns; j < (k + 1) * columns; j++) sum -= 0.5 * Math.log(2 * Math.PI * variances[j]);
    return sum;
  });
  return {
    width: columns,
    parameters: means.length + variances.length + CLASSES,

    scores({ rows, data }) {
      const scores = new Float64Array(rows * CLASSES);
      for (let row = 0; row < rows; row++) {
        for (let k = 0, at = 0; k < CLASSES; k++) {
          let sum = constants[k];
          for (let i = row * columns; i < (row + 1) * columns; i++, at++) {
            const difference = data[i] - means[at];
            sum += factors[at] * difference * difference;
          }
          scores[row * CLASSES + k] = sum;
        }
      }
      return scores;
    },

    arrays: () => ({
      logPriors: { data: logPriors, shape: [CLASSES] },
      means: { data: means, shape: [CLASSES, columns] },
      variances: { data: variances, shape: [CLASSES, columns] },
    }),
  };
}
