import { InvalidConfigError, InvalidDataError } from '../../shared/errors.js';
import type { Matrix } from '../matrix.js';
import type { DenseAlgebra } from './algebra.js';
import { orientRows } from './orient-rows.js';
import { meanOf, scatterAroundMean } from './scatter.js';

/** How many components to keep: a number, or as many as hold this part of the variance (in (0, 1)). */
export type PcaTarget = { readonly components: number } | { readonly variance: number };

/** Principal components, in scikit-learn's words. */
export interface Pca {
  readonly columns: number;
  readonly count: number;
  readonly rows: number;
  /** [columns]; pixels count in 0..1. */
  readonly mean: Float64Array;
  /** [count, columns]: orthonormal rows, the loading of largest size positive (scikit-learn's `svd_flip`). */
  readonly components: Float64Array;
  /** [count, columns]: components times the standard deviation along them; for standardised columns, correlations. */
  readonly loadings: Float64Array;
  /** [count]: variance along each component, with n - 1. */
  readonly explainedVariance: Float64Array;
  /** [count]: of the sum of the variances of all columns. */
  readonly explainedVarianceRatio: Float64Array;
  /** [count]: of the centred matrix. */
  readonly singularValues: Float64Array;
  /** [columns]: the ratio of every component, kept or not; those not kept may be right to float32 only. */
  readonly allRatios: Float64Array;
}

/**
 * Principal component analysis by the eigenvectors of the covariance (scikit-learn's `covariance_eigh`, in float64). A target of variance
 * keeps the first components whose cumulative ratio is above it, as scikit-learn does. Constant columns get loadings of 0.
 * @param working called now and then, for progress and cancellation.
 * @throws InvalidDataError for fewer than two rows, for numbers that are not finite, and when all rows are equal.
 * @throws InvalidConfigError for a target out of range: more components than columns or rows, a variance outside (0, 1).
 */
export function fitPca(x: Matrix, target: PcaTarget, algebra: DenseAlgebra, working: () => void = () => {}): Pca {
  checkTarget(target, x);
  const scatter = algebra.scatter(x, undefined, 1, working);
  const { rows, columns } = scatter;
  const around = scatterAroundMean(scatter);
  const active = columnsWithVariance(around, columns);
  const size = active.length;
  if (size === 0) throw new InvalidDataError(`PCA: all ${rows} rows are equal; expected columns that vary.`);
  const covariance = new Float64Array(size * size);
  let total = 0;
  for (let a = 0; a < size; a++) {
    for (let b = 0; b < size; b++) covariance[a * size + b] = around[active[a] * columns + active[b]] / (rows - 1);
    total += covariance[a * size + a];
  }
  const wanted = (values: Float64Array): number => ('components' in target ? target.components : reaching(values, total * target.variance));
  const eigen = algebra.leadingEigen(covariance, size, (values) => Math.min(size, wanted(values)), working);
  const count = 'components' in target ? target.components : eigen.count;
  const components = spread(eigen.vectors, active, columns, count);
  orientRows(components, columns);
  const explainedVariance = new Float64Array(count);
  explainedVariance.set(eigen.values.subarray(0, Math.min(count, size)).map((value) => Math.max(0, value)));
  const allRatios = new Float64Array(columns);
  allRatios.set(eigen.values.map((value) => Math.max(0, value) / total));
  return {
    columns, count, rows, components, explainedVariance, allRatios,
    mean: meanOf(scatter),
    loadings: components.map((value, i) => value * Math.sqrt(explainedVariance[Math.floor(i / columns)])),
    explainedVarianceRatio: explainedVariance.map((variance) => variance / total),
    singularValues: explainedVariance.map((variance) => Math.sqrt(variance * (rows - 1))),
  };
}

/** Rows in the space of the components, [rows, count]. */
export function transformPca(pca: Pca, x: Matrix, algebra: DenseAlgebra, working: () => void = () => {}): Matrix<Float32Array> {
  if (x.columns !== pca.columns) throw new InvalidDataError(`PCA: ${x.columns} columns, but it was fitted on ${pca.columns}.`);
  return algebra.project(x, pca.mean, transpose(pca.components, pca.count, pca.columns), working);
}

/** Rows back in the space of the columns (pixels: in 0..1), as far as the kept components say. */
export function inverseTransformPca(pca: Pca, z: Matrix<Float32Array>, algebra: DenseAlgebra, working: () => void = () => {}): Matrix<Float32Array> {
  if (z.columns !== pca.count) throw new InvalidDataError(`PCA: ${z.columns} columns to bring back, expected its ${pca.count} components.`);
  const back = algebra.project(z, new Float64Array(pca.count), pca.components, working);
  for (let i = 0; i < back.data.length; i++) back.data[i] += pca.mean[i % pca.columns];
  return back;
}

function checkTarget(target: PcaTarget, { rows, columns }: Matrix): void {
  if (rows < 2) throw new InvalidDataError(`PCA: ${rows} rows; expected at least two.`);
  if ('variance' in target) {
    if (target.variance > 0 && target.variance < 1) return;
    throw new InvalidConfigError(`PCA: variance is ${target.variance}; expected a part of it, between 0 and 1.`);
  }
  const most = Math.min(rows, columns);
  if (Number.isInteger(target.components) && target.components >= 1 && target.components <= most) return;
  throw new InvalidConfigError(`PCA: ${target.components} components of ${rows} rows and ${columns} columns; expected a whole number from 1 to ${most}.`);
}

function columnsWithVariance(scatter: Float64Array, columns: number): number[] {
  return Array.from({ length: columns }, (_, j) => j).filter((j) => scatter[j * columns + j] > 0);
}

/** How many of the falling values it takes until their sum is above the goal. */
function reaching(values: Float64Array, goal: number): number {
  let sum = 0;
  for (let k = 0; k < values.length; k++) if ((sum += values[k]) > goal) return k + 1;
  return values.length;
}

/**
 * Vectors over the active columns as rows over all columns. Components beyond the active columns have no variance: unit vectors
 * of constant columns complete the basis.
 */
function spread(vectors: Float64Array, active: readonly number[], columns: number, count: number): Float64Array {
  const rows = new Float64Array(count * columns);
  const size = active.length;
  for (let r = 0; r < Math.min(count, size); r++) for (let j = 0; j < size; j++) rows[r * columns + active[j]] = vectors[r * size + j];
  const taken = new Set(active);
  const constant = Array.from({ length: columns }, (_, j) => j).filter((j) => !taken.has(j));
  for (let r = size; r < count; r++) rows[r * columns + constant[r - size]] = 1;
  return rows;
}

function transpose(data: Float64Array, rows: number, columns: number): Float64Array {
  const out = new Float64Array(data.length);
  for (let r = 0; r < rows; r++) for (let j = 0; j < columns; j++) out[j * rows + r] = data[r * columns + j];
  return out;
}
