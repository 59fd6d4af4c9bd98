import type { Matrix } from '../../matrix.js';
import { symmetricEigen } from '../../reductions/symmetric-eigen.js';
import { quantileOf } from './spread-of.js';

/** Rows that are kept when the subspace is fitted again without the furthest ones. */
const KEPT = 0.95;
/** Fewer rows than this per component do not determine it. */
const ROWS_PER_COMPONENT = 10;
/** Share of the mean variance below which a direction counts as without variance. */
const LEAST_VARIANCE = 1e-6;

/**
 * How far each row lies from the others: the Mahalanobis distance under probabilistic PCA (Tipping and Bishop, 1999), that is
 * the variance-scaled distance within the subspace of the leading components and the distance from it, scaled by the variance
 * left over. The subspace is fitted twice, the second time without the furthest 5 % of the rows, so that outliers do
 * not hide themselves (a concentration step of Rousseeuw and Van Driessen's FAST-MCD, 1999).
 * @param components at most; fewer where there are fewer than ten rows for each.
 * @returns Float64Array [rows]; zeros where all rows are equal.
 */
export function subspaceDistances(x: Matrix<Float32Array>, components: number): Float64Array {
  const all = Uint32Array.from({ length: x.rows }, (_, row) => row);
  const origin = meanOf(x);
  const products = productsOf(x, all, origin);
  const first = distances(x, subspaceOf({ mean: origin, covariance: products.map((sum) => sum / x.rows) }, x.rows, components));
  const limit = quantileOf(first.slice().sort(), KEPT);
  const far = all.filter((row) => first[row] > limit);
  return distances(x, subspaceOf(withoutRows(x, far, origin, products), x.rows - far.length, components));
}

interface Moments {
  readonly mean: Float64Array;
  /** Row by row; the lower triangle only. */
  readonly covariance: Float64Array;
}

interface Subspace {
  readonly mean: Float64Array;
  /** One after the other, each of length 1. */
  readonly axes: readonly Float64Array[];
  readonly variances: readonly number[];
  /** Mean variance of the directions left over. */
  readonly rest: number;
}

function subspaceOf({ mean, covariance }: Moments, rows: number, components: number): Subspace {
  const columns = mean.length;
  const count = Math.min(components, Math.floor(rows / ROWS_PER_COMPONENT), columns - 1);
  let total = 0;
  for (let i = 0; i < columns; i++) total += covariance[i * columns + i];
  const least = (LEAST_VARIANCE * total) / columns;
  const axes: Float64Array[] = [], variances: number[] = [];
  if (count > 0) {
    for (let i = 0; i < columns; i++) for (let j = 0; j < i; j++) covariance[j * columns + i] = covariance[i * columns + j];
    const { values, vectors, count: found } = symmetricEigen(covariance, columns, (all) => all.subarray(0, count).filter((value) => value > least).length, () => undefined);
    for (let c = 0; c < found; c++) {
      axes.push(vectors.subarray(c * columns, (c + 1) * columns));
      variances.push(values[c]);
    }
  }
  const left = total - variances.reduce((sum, value) => sum + value, 0);
  return { mean, axes, variances, rest: Math.max(left / Math.max(1, columns - axes.length), least) };
}

function distances({ rows, columns, data }: Matrix<Float32Array>, { mean, axes, variances, rest }: Subspace): Float64Array {
  const centred = new Float64Array(columns);
  return Float64Array.from({ length: rows }, (_, row) => {
    let left = 0, distance = 0;
    for (let i = 0; i < columns; i++) {
      centred[i] = data[row * columns + i] - mean[i];
      left += centred[i] * centred[i];
    }
    for (let c = 0; c < axes.length; c++) {
      const axis = axes[c];
      let along = 0;
      for (let i = 0; i < columns; i++) along += centred[i] * axis[i];
      left -= along * along;
      distance += (along * along) / variances[c];
    }
    return rest === 0 ? 0 : Math.sqrt(distance + Math.max(0, left) / rest);
  });
}

function meanOf({ rows, columns, data }: Matrix<Float32Array>): Float64Array {
  const mean = new Float64Array(columns);
  for (let row = 0, at = 0; row < rows; row++) for (let i = 0; i < columns; i++) mean[i] += data[at++];
  return mean.map((sum) => sum / rows);
}

/** Mean and covariance without some rows, from the sums of products of all about `origin`, their mean. */
function withoutRows(x: Matrix<Float32Array>, rows: Uint32Array, origin: Float64Array, products: Float64Array): Moments {
  const { columns, data } = x;
  const kept = x.rows - rows.length;
  const shift = new Float64Array(columns);
  for (const row of rows) for (let i = 0; i < columns; i++) shift[i] -= (data[row * columns + i] - origin[i]) / kept;
  const gone = productsOf(x, rows, origin);
  const covariance = new Float64Array(columns * columns);
  for (let i = 0; i < columns; i++) {
    for (let j = 0, at = i * columns; j <= i; j++, at++) covariance[at] = (products[at] - gone[at]) / kept - shift[i] * shift[j];
  }
  return { mean: origin.map((value, i) => value + shift[i]), covariance };
}

/** Sums of products of the columns about `origin`, over some rows; the lower triangle. */
function productsOf({ columns, data }: Matrix<Float32Array>, rows: Uint32Array, origin: Float64Array): Float64Array {
  const products = new Float64Array(columns * columns);
  const centred = new Float64Array(columns * BLOCK);
  for (let start = 0; start < rows.length; start += BLOCK) {
    for (let b = 0; b < BLOCK; b++) {
      const from = rows[start + b] * columns; // NaN beyond the last row, where nothing is read
      for (let i = 0; i < columns; i++) centred[b * columns + i] = start + b < rows.length ? data[from + i] - origin[i] : 0;
    }
    addProducts(products, centred, columns);
  }
  return products;
}

const BLOCK = 4; // rows that are added while a cell of the covariance is at hand

/** Adds the products of four rows to the lower triangle. */
function addProducts(products: Float64Array, rows: Float64Array, columns: number): void {
  for (let i = 0; i < columns; i++) {
    const a = rows[i], b = rows[columns + i], c = rows[2 * columns + i], d = rows[3 * columns + i];
    if (a === 0 && b === 0 && c === 0 && d === 0) continue;
    for (let j = 0, at = i * columns; j <= i; j++, at++) {
      products[at] += a * rows[j] + b * rows[columns + j] + c * rows[2 * columns + j] + d * rows[3 * columns + j];
    }
  }
}
