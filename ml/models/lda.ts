import { InvalidConfigError, InvalidDataError } from '../../shared/errors.js';
import type { NpyArray } from '../data/npy.js';
import type { LabelledMatrix } from '../matrix.js';
import { algebraFor } from '../reductions/algebra-for.js';
import { cholesky, solve } from '../reductions/cholesky.js';
import { classMeans, meanOf, scatterWithinClasses } from '../reductions/scatter.js';
import type { Scatter } from '../reductions/scatter.js';
import { linearScores, readLinearScores } from './linear-scores.js';
import type { LinearScores } from './linear-scores.js';
import { CLASSES } from './model.js';
import type { FitContext } from './model.js';
import { scoreKind } from './score-kind.js';
import type { ScoreOptions } from './score-kind.js';
import { shrinkCovariance } from './shrink-covariance.js';

/** The options of scikit-learn's LinearDiscriminantAnalysis, and a projection. */
export interface LdaOptions extends ScoreOptions {
  /** How far the covariance is drawn to a multiple of the identity, in [0, 1]. @default 0 */
  readonly shrinkage: number;
}

/**
 * Linear discriminant analysis as a classifier (Fisher 1936): normal densities with a covariance that all classes share. Columns that are constant
 * within classes, or depend on those before them, drop out. It draws no random number.
 */
export const model = scoreKind<LdaOptions>({
  name: 'lda',
  title: 'linear discriminant analysis',
  defaults: { standardise: true, projection: 'none', components: 0, temperature: 0, shrinkage: 0 },

  async learn(z, { shrinkage }, context) {
    if (!(shrinkage >= 0 && shrinkage <= 1)) throw new InvalidConfigError(`Linear discriminant analysis: shrinkage is ${shrinkage}, expected 0 to 1.`);
    return linearScores(await discriminants(z, shrinkage, context));
  },

  read(arrays: Readonly<Record<string, NpyArray | undefined>>) {
    const linear = readLinearScores(arrays);
    return linear && linearScores(linear);
  },
});

async function discriminants(z: LabelledMatrix, shrinkage: number, context: FitContext): Promise<LinearScores> {
  const working = (): void => {
    context.signal.throwIfAborted();
    context.progress({ fraction: 0.3, note: 'covariance within classes' });
  };
  const scatter = (await algebraFor(z.x)).scatter(z.x, z.labels, CLASSES, working);
  const { columns, counts, rows } = scatter;
  const within = scatterWithinClasses(scatter).map((sum) => sum / rows);
  dropRounding(within, scatter);
  shrinkCovariance(within, columns, shrinkage);
  const triangle = cholesky(within, columns, working);
  if (triangle.rank === 0) throw new InvalidDataError('Linear discriminant analysis: no column varies within a class; expected more rows, or other columns.');
  const [overall, means] = [meanOf(scatter), classMeans(scatter)];
  const weights = new Float32Array(columns * CLASSES);
  const bias = counts.map((count) => Math.log(count / rows));
  for (let k = 0; k < CLASSES; k++) {
    if (counts[k] === 0) continue;
    const away = Float64Array.from(overall, (mean, j) => means[k * columns + j] - mean);
    const solved = solve(triangle, away);
    for (let j = 0; j < columns; j++) {
      weights[j * CLASSES + k] = solved[j];
      bias[k] -= (solved[j] * away[j]) / 2;
    }
  }
  return { offset: Float32Array.from(overall), weights, bias };
}

/** A column whose spread within classes is rounding beside its size has none. */
function dropRounding(within: Float64Array, scatter: Scatter): void {
  const { columns, rows, products, scale } = scatter;
  for (let j = 0; j < columns; j++) {
    const size = (products[j * columns + j] / rows) * scale[j] ** 2; // about the shift
    if (within[j * columns + j] > 1e-12 * size) continue;
    for (let i = 0; i < columns; i++) within[i * columns + j] = within[j * columns + i] = 0;
  }
}
