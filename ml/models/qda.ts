import { InvalidConfigError, InvalidDataError } from '../../shared/errors.js';
import type { NpyArray } from '../data/npy.js';
import type { LabelledMatrix, Matrix } from '../matrix.js';
import { algebraFor } from '../reductions/algebra-for.js';
import { cholesky, inverseFactor } from '../reductions/cholesky.js';
import { scatterAroundMean } from '../reductions/scatter.js';
import { classMeans } from './class-means.js';
import type { FitContext } from './model.js';
import { CLASSES } from './model.js';
import { quadraticScores, readQuadraticScores } from './quadratic-scores.js';
import { scoreKind } from './score-kind.js';
import type { ScoreModel, ScoreOptions } from './score-kind.js';
import { shrinkCovariance } from './shrink-covariance.js';

/** The options of regularised discriminant analysis, and a projection. */
export interface QdaOptions extends ScoreOptions {
  /** How far each class's covariance is drawn to the one that all classes share, in [0, 1]. @default 0 */
  readonly pooling: number;
  /** How far, after that, to a multiple of the identity, in [0, 1]. @default 0.01 */
  readonly shrinkage: number;
}

/**
 * Quadratic discriminant analysis: a normal density for each class, regularised in two ways (Friedman, "Regularized discriminant analysis", 1989).
 * Without either every class needs more independent rows than there are columns: project many columns to few. It draws no random number.
 */
export const model = scoreKind<QdaOptions>({
  name: 'qda',
  title: 'quadratic discriminant analysis',
  defaults: { standardise: false, projection: 'pca', components: 50, temperature: 0, pooling: 0, shrinkage: 0.01 },

  async learn(z, { pooling, shrinkage }, context) {
    for (const [name, value] of Object.entries({ pooling, shrinkage })) {
      if (!(value >= 0 && value <= 1)) throw new InvalidConfigError(`Quadratic discriminant analysis: ${name} is ${value}, expected 0 to 1.`);
    }
    return densities(z, pooling, shrinkage, context);
  },

  read(arrays: Readonly<Record<string, NpyArray | undefined>>) {
    const quadratic = readQuadraticScores(arrays);
    return quadratic && quadraticScores(quadratic);
  },
});

async function densities(z: LabelledMatrix, pooling: number, shrinkage: number, context: FitContext): Promise<ScoreModel> {
  const { rows, columns } = z.x;
  const working = (): void => {
    context.signal.throwIfAborted();
    context.progress({ fraction: 0.3, note: 'covariance of each class' });
  };
  const { counts, means, logPriors } = classMeans(z);
  const algebra = await algebraFor(z.x);
  const scatters = Array.from(counts, (count, k) => {
    working();
    return count > 0 ? scatterAroundMean(algebra.scatter(rowsOf(z, k, count), undefined, 1, working)) : new Float64Array(columns * columns);
  });
  const pooled = new Float64Array(columns * columns);
  if (pooling > 0) for (const scatter of scatters) for (let i = 0; i < pooled.length; i++) pooled[i] += scatter[i] / Math.max(1, rows - CLASSES);

  const size = (columns * (columns + 1)) / 2;
  const triangles = new Float32Array(CLASSES * size);
  const constants = logPriors.slice();
  scatters.forEach((scatter, k) => {
    if (counts[k] === 0) return;
    const covariance = scatter.map((sum, i) => ((1 - pooling) * sum) / Math.max(1, counts[k] - 1) + pooling * pooled[i]);
    shrinkCovariance(covariance, columns, shrinkage);
    const factor = cholesky(covariance, columns, working);
    if (factor.rank < columns) {
      throw new InvalidDataError(
        `Quadratic discriminant analysis: the ${counts[k]} rows of class ${k} vary in ${factor.rank} directions of ${columns}. Raise pooling or shrinkage, or project to fewer columns.`,
      );
    }
    const inverse = inverseFactor(factor);
    for (let j = 0, to = k * size; j < columns; j++) {
      constants[k] -= Math.log(factor.factor[j * columns + j]);
      for (let i = 0; i <= j; i++, to++) triangles[to] = inverse[j * columns + i];
    }
  });
  return quadraticScores({ means: Float32Array.from(means), triangles, constants });
}

function rowsOf({ x: { rows, columns, data }, labels }: LabelledMatrix, label: number, count: number): Matrix<Float32Array> {
  const taken = new Float32Array(count * columns);
  for (let row = 0, to = 0; row < rows; row++) {
    if (labels[row] !== label) continue;
    taken.set(data.subarray(row * columns, (row + 1) * columns), to);
    to += columns;
  }
  return { rows: count, columns, data: taken };
}
