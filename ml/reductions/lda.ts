import { InvalidConfigError, InvalidDataError } from '../../shared/errors.js';
import type { Matrix } from '../matrix.js';
import { CLASSES } from '../models/model.js';
import type { DenseAlgebra } from './algebra.js';
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
  const { whitening, rank } = whitenWithin(scatter, working);
  working();
  const { priors, means, xbar } = meansOf(scatter, classes);
  const { directions, ratios, kept } = between({ priors, means, xbar }, whitening, rank, x.rows);
  const width = Math.min(dimensions, kept);
  const rows = combine(directions.subarray(0, width * rank), whitening, rank);
  orientRows(rows, x.columns);
  const scalings = new Float64Array(x.columns * width);
  for (let r = 0; r < width; r++) for (let j = 0; j < x.columns; j++) scalings[j * width + r] = rows[r * x.columns + j];
  return { columns: x.columns, dimensions: width, classes, priors, means, xbar, scalings, rank, explainedVarianceRatio: ratios.slice(0, width) };
}

/** Reduced rows, [rows, dimensions]. */
export function transformLda(lda: Lda, x: Matrix, algebra: DenseAlgebra, working: () => void = () => {}): Matrix<Float32Array> {
  if (x.columns !== lda.columns) throw new InvalidDataError(`LDA: ${x.columns} columns, but it was fitted on ${lda.columns}.`);
  return algebra.project(x, lda.xbar, lda.scalings, working);
}

/** Rows [rank, columns] that make the covariance within classes the identity. */
function whitenWithin(scatter: Scatter, working: () => void): { whitening: Float64Array; rank: number } {
  const { rows, columns } = scatter;
  const within = scatterWithinClasses(scatter);
  const active = Array.from({ length: columns }, (_, j) => j).filter((j) => within[j * columns + j] > 0);
  const size = active.length;
  if (size === 0) throw new InvalidDataError('LDA: no column varies within a class; expected some spread.');
  const deviation = active.map((j) => Math.sqrt(within[j * columns + j] / rows));
  const scaled = new Float64Array(size * size);
  for (let a = 0; a < size; a++) {
    for (let b = 0; b < size; b++) scaled[a * size + b] = within[active[a] * columns + active[b]] / (rows * deviation[a] * deviation[b]);
  }
  const { values, vectors, count } = symmetricEigen(scaled, size, (all) => all.filter((value) => value > TOLERANCE ** 2).length, working);
  const whitening = new Float64Array(count * columns);
  for (let r = 0; r < count; r++) {
    const length = Math.sqrt(values[r]);
    for (let a = 0; a < size; a++) whitening[r * columns + active[a]] = vectors[r * size + a] / deviation[a] / length;
  }
  return { whitening, rank: count };
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

/** Directions [kept, rank] in the whitened space along which the class means differ, and their parts of the variance. */
function between({ priors, means, xbar }: Means, whitening: Float64Array, rank: number, rows: number): { directions: Float64Array; ratios: Float64Array; kept: number } {
  const columns = xbar.length;
  const classes = priors.length;
  const spread = new Float64Array(classes * rank);
  for (let k = 0; k < classes; k++) {
    const weight = Math.sqrt((rows * priors[k]) / (classes - 1));
    for (let r = 0; r < rank; r++) {
      let sum = 0;
      for (let j = 0; j < columns; j++) sum += (means[k * columns + j] - xbar[j]) * whitening[r * columns + j];
      spread[k * rank + r] = weight * sum;
    }
  }
  const gram = new Float64Array(classes * classes);
  for (let a = 0; a < classes; a++) {
    for (let b = 0; b < classes; b++) for (let r = 0; r < rank; r++) gram[a * classes + b] += spread[a * rank + r] * spread[b * rank + r];
  }
  const { values, vectors, count } = symmetricEigen(gram, classes, (all) => all.filter((value) => value > 0 && Math.sqrt(value) > TOLERANCE * Math.sqrt(all[0])).length, () => {});
  const total = values.reduce((sum, value) => sum + Math.max(0, value), 0);
  const directions = combine(vectors, spread, classes);
  for (let i = 0; i < directions.length; i++) directions[i] /= Math.sqrt(values[Math.floor(i / rank)]);
  return { directions, ratios: values.slice(0, count).map((value) => value / total), kept: count };
}

/** [count, inner] times [inner, width]. */
function combine(left: Float64Array, right: Float64Array, inner: number): Float64Array {
  const width = right.length / inner;
  const count = left.length / inner;
  const out = new Float64Array(count * width);
  for (let r = 0; r < count; r++) {
    for (let i = 0; i < inner; i++) {
      const factor = left[r * inner + i];
      for (let j = 0; j < width; j++) out[r * width + j] += factor * right[i * width + j];
    }
  }
  return out;
}
