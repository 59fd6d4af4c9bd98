import { InvalidConfigError, InvalidDataError } from '../../shared/errors.js';
import type { Matrix } from '../matrix.js';
import { CLASSES } from '../models/model.js';
import type { DenseAlgebra } from './algebra.js';
import { eigenCoordinates } from './householder-ql.js';
import { orientRows } from './orient-rows.js';
import { classMeans, scatterWithinClasses } from './scatter.js';
import type { Scatter } from './scatter.js';
import { symmetricEigen } from './symmetric-eigen.js';

/** Linear discriminants, in scikit-learn's words. */
export interface Lda {
  readonly columns: number;
  readonly dimensions: number;
  /** The labels that have rows, rising. */
  readonly classes: readonly number[];
  /** [classes]: their parts of the rows. */
  readonly priors: Float64Array;
  /** [classes, columns]. */
  readonly means: Float64Array;
  /** [columns]: mean of the class means, weighted by the priors. */
  readonly xbar: Float64Array;
  /** [columns, dimensions]: (x - xbar) times these is the reduced row, whose spread within a class is 1 in every direction. */
  readonly scalings: Float64Array;
  /** [dimensions]: of the variance between classes. */
  readonly explainedVarianceRatio: Float64Array;
  /** Directions within the classes, of all columns, that have a spread. */
  readonly rank: number;
}

/** Singular values of no account, as in scikit-learn. */
const TOLERANCE = 1e-4;

/**
 * Linear discriminant analysis, with the meaning of the `svd` solver of scikit-learn 1.9 (before, its spread within classes was taken with n - classes): columns are scaled by their deviation within
 * classes, directions whose singular value is at most 1e-4 are dropped (collinear and constant columns), the rest is whitened, and the
 * directions that part the class means are kept, the widest first; the scaling of largest size is positive. Where scikit-learn takes
 * the singular values of all rows, this takes the eigenvalues (their squares) of the scatter, which is exact for pixels.
 * @param dimensions at most classes - 1; fewer result when the class means span fewer.
 * @throws InvalidDataError for fewer than two classes, no more rows than classes, or no spread within them.
 * @throws InvalidConfigError for more dimensions than classes - 1 or columns.
 */
export function fitLda(x: Matrix, labels: Uint8Array, dimensions: number, algebra: DenseAlgebra, working: () => void = () => {}): Lda {
  if (labels.length !== x.rows) throw new InvalidDataError(`LDA: ${labels.length} labels for ${x.rows} rows; expected one a row.`);
  const present = new Set(labels);
  const classes = Array.from({ length: CLASSES }, (_, k) => k).filter((k) => present.has(k));
  if (classes.length !== present.size) throw new InvalidDataError(`LDA: a label is above ${CLASSES - 1}; expected 0 to ${CLASSES - 1}.`);
  if (classes.length < 2) throw new InvalidDataError(`LDA: ${classes.length} class; expected rows of at least two.`);
  if (x.rows <= classes.length) throw new InvalidDataError(`LDA: ${x.rows} rows of ${classes.length} classes; expected more rows than classes.`);
  const most = Math.min(classes.length - 1, x.columns);
  if (!Number.isInteger(dimensions) || dimensions < 1 || dimensions > most) {
    throw new InvalidConfigError(`LDA: ${dimensions} dimensions of ${classes.length} classes and ${x.columns} columns; expected a whole number from 1 to ${most}.`);
  }
  const scatter = algebra.scatter(x, labels, CLASSES, working);
  working();
  const { priors, means, xbar } = meansOf(scatter, classes);
  const weights = priors.map((prior) => Math.sqrt((x.rows * prior) / (classes.length - 1)));
  const away = means.map((mean, i) => weights[Math.floor(i / x.columns)] * (mean - xbar[i % x.columns]));
  const { rows, ratios, rank } = discriminants(scatter, away, classes.length, dimensions, working);
  const width = ratios.length;
  orientRows(rows, x.columns);
  const scalings = new Float64Array(x.columns * width);
  for (let r = 0; r < width; r++) for (let j = 0; j < x.columns; j++) scalings[j * width + r] = rows[r * x.columns + j];
  return { columns: x.columns, dimensions: width, classes, priors, means, xbar, scalings, rank, explainedVarianceRatio: ratios };
}

/** Reduced rows, [rows, dimensions]. */
export function transformLda(lda: Lda, x: Matrix, algebra: DenseAlgebra, working: () => void = () => {}): Matrix<Float32Array> {
  if (x.columns !== lda.columns) throw new InvalidDataError(`LDA: ${x.columns} columns, but it was fitted on ${lda.columns}.`);
  return algebra.project(x, lda.xbar, lda.scalings, working);
}

interface Discriminants {
  /** [kept, columns] */
  readonly rows: Float64Array;
  /** [kept] */
  readonly ratios: Float64Array;
  readonly rank: number;
}

/** Whitens what the class means differ by within the classes, finds the directions that part them, and brings those back. */
function discriminants(scatter: Scatter, away: Float64Array, classes: number, dimensions: number, working: () => void): Discriminants {
  const { rows, columns } = scatter;
  const within = scatterWithinClasses(scatter);
  const active = Array.from({ length: columns }, (_, j) => j).filter((j) => within[j * columns + j] > 0);
  const size = active.length;
  if (size === 0) throw new InvalidDataError('LDA: no column varies within a class; expected some spread.');
  const deviation = active.map((j) => Math.sqrt(within[j * columns + j] / rows));
  const scaled = new Float64Array(size * size);
  const given = new Float64Array(size * classes);
  for (let a = 0; a < size; a++) {
    for (let b = 0; b < size; b++) scaled[a * size + b] = within[active[a] * columns + active[b]] / (rows * deviation[a] * deviation[b]);
    for (let k = 0; k < classes; k++) given[a * classes + k] = away[k * columns + active[a]] / deviation[a];
  }
  const { values, coordinates, combine } = eigenCoordinates(scaled, size, given, working);
  const inverse = values.map((value) => (value > TOLERANCE ** 2 ? 1 / value : 0));
  const { combinations, ratios } = between(coordinates, inverse, classes, dimensions);
  const kept = ratios.length;
  const whitened = new Float64Array(size * kept);
  for (let i = 0; i < size; i++) {
    for (let r = 0; r < kept; r++) {
      for (let k = 0; k < classes; k++) whitened[i * kept + r] += inverse[i] * coordinates[i * classes + k] * combinations[r * classes + k];
    }
  }
  const found = combine(whitened);
  const directions = new Float64Array(kept * columns);
  for (let r = 0; r < kept; r++) for (let a = 0; a < size; a++) directions[r * columns + active[a]] = found[a * kept + r] / deviation[a];
  return { rows: directions, ratios, rank: inverse.filter((value) => value > 0).length };
}

interface Means {
  readonly priors: Float64Array;
  readonly means: Float64Array;
  readonly xbar: Float64Array;
}

function meansOf(scatter: Scatter, classes: readonly number[]): Means {
  const { columns, rows, counts } = scatter;
  const all = classMeans(scatter);
  const priors = Float64Array.from(classes, (k) => counts[k] / rows);
  const means = new Float64Array(classes.length * columns);
  const xbar = new Float64Array(columns);
  classes.forEach((label, k) => {
    for (let j = 0; j < columns; j++) xbar[j] += priors[k] * (means[k * columns + j] = all[label * columns + j]);
  });
  return { priors, means, xbar };
}

/** Combinations [kept, classes] of the class means that make directions of spread 1 within classes, the widest first, and their parts of the variance. */
function between(coordinates: Float64Array, inverse: Float64Array, classes: number, dimensions: number): { combinations: Float64Array; ratios: Float64Array } {
  const gram = new Float64Array(classes * classes);
  for (let i = 0; i < inverse.length; i++) {
    for (let a = 0; a < classes; a++) {
      for (let b = 0; b < classes; b++) gram[a * classes + b] += inverse[i] * coordinates[i * classes + a] * coordinates[i * classes + b];
    }
  }
  const apart = (all: Float64Array): number => all.filter((value) => value > 0 && Math.sqrt(value) > TOLERANCE * Math.sqrt(all[0])).length;
  const { values, vectors, count } = symmetricEigen(gram, classes, (all) => Math.min(dimensions, apart(all)), () => {});
  const total = values.reduce((sum, value) => sum + Math.max(0, value), 0);
  const combinations = vectors.map((value, i) => value / Math.sqrt(values[Math.floor(i / classes)]));
  return { combinations, ratios: values.slice(0, count).map((value) => value / total) };
}
