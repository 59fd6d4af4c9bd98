import { InvalidConfigError } from '../../shared/errors.js';
import type { NpyArray } from '../data/npy.js';
import type { LabelledMatrix } from '../matrix.js';
import { classMeans } from './class-means.js';
import type { ClassMeans } from './class-means.js';
import { linearScores, readLinearScores } from './linear-scores.js';
import { CLASSES } from './model.js';
import { scoreKind } from './score-kind.js';
import type { ScoreOptions } from './score-kind.js';

/** The options of scikit-learn's NearestCentroid, and a projection. */
export interface NearestCentroidOptions extends ScoreOptions {
  /**
   * Centroids are drawn to the mean of all rows, column by column, by so many of their own standard errors, and stay there when they reach it: columns
   * that do not part the classes drop out. @default 0
   */
  readonly shrinkage: number;
}

/**
 * Nearest (shrunken) centroid (Tibshirani et al., "Diagnosis of multiple cancer types by shrunken centroids of gene expression", 2002): one mean a
 * class, a softmax of minus half the squared distance. The shrinkage has the meaning of scikit-learn's `shrink_threshold`.
 */
export const model = scoreKind<NearestCentroidOptions>({
  name: 'nearest-centroid',
  title: 'nearest centroid',
  defaults: { standardise: false, projection: 'none', components: 0, temperature: 0, shrinkage: 0 },

  async learn(z, { shrinkage }) {
    if (!(shrinkage >= 0)) throw new InvalidConfigError(`Nearest centroid: shrinkage is ${shrinkage}, expected 0 or more.`);
    const found = classMeans(z);
    const means = shrinkage > 0 ? shrunken(z, found, shrinkage) : found.means;
    const { columns } = z.x;
    const overall = overallMean(found, columns, z.x.rows);
    const weights = new Float32Array(columns * CLASSES);
    const bias = found.counts.map((count) => (count > 0 ? 0 : -Infinity));
    for (let k = 0; k < CLASSES; k++) {
      for (let j = 0; j < columns; j++) {
        const away = Math.fround(means[k * columns + j] - overall[j]);
        weights[j * CLASSES + k] = away;
        bias[k] -= (away * away) / 2;
      }
    }
    return linearScores({ offset: Float32Array.from(overall), weights, bias });
  },

  read(arrays: Readonly<Record<string, NpyArray | undefined>>) {
    const linear = readLinearScores(arrays);
    return linear && linearScores(linear);
  },
});

function overallMean({ counts, means }: ClassMeans, columns: number, rows: number): Float64Array {
  const mean = new Float64Array(columns);
  for (let k = 0; k < CLASSES; k++) for (let j = 0; j < columns; j++) mean[j] += (counts[k] / rows) * means[k * columns + j];
  return mean;
}

function shrunken({ x: { rows, columns, data }, labels }: LabelledMatrix, found: ClassMeans, shrinkage: number): Float64Array {
  const { counts, means } = found;
  const overall = overallMean(found, columns, rows);
  const deviation = new Float64Array(columns);
  for (let row = 0, i = 0; row < rows; row++) {
    for (let j = 0, at = labels[row] * columns; j < columns; j++, i++, at++) {
      const difference = data[i] - means[at];
      deviation[j] += difference * difference;
    }
  }
  const classes = counts.reduce((present, count) => present + Number(count > 0), 0);
  for (let j = 0; j < columns; j++) deviation[j] = Math.sqrt(deviation[j] / Math.max(1, rows - classes));
  const median = deviation.slice().sort()[columns >> 1];
  const out = means.slice();
  for (let k = 0; k < CLASSES; k++) {
    if (counts[k] === 0) continue;
    const scale = Math.sqrt(Math.max(0, 1 / counts[k] - 1 / rows));
    for (let j = 0, at = k * columns; j < columns; j++, at++) {
      const [away, least] = [means[at] - overall[j], shrinkage * scale * (deviation[j] + median)];
      out[at] = overall[j] + Math.sign(away) * Math.max(0, Math.abs(away) - least);
    }
  }
  return out;
}
