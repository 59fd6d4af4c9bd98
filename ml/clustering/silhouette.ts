import type { Matrix } from '../matrix.js';
import { unitOf } from '../unit-of.js';

const ROWS_AT_ONCE = 4;

/**
 * Mean silhouette width in [-1, 1] (Rousseeuw 1987), Euclidean: how much nearer a row is to its own cluster than to the next
 * one. O(rows^2): give it a sample. Rows alone in their cluster count 0, as in scikit-learn.
 */
export function silhouette(matrix: Matrix, assignment: ArrayLike<number>, clusters: number): number {
  const { rows, columns, data } = matrix;
  const unit = unitOf(matrix);
  const values = new Float64Array((rows + ROWS_AT_ONCE - 1) * columns); // from the first row, so that a large mean cancels nothing
  const lengths = new Float64Array(rows); // squared
  for (let row = 0, at = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, at++) lengths[row] += (values[at] = data[at] - data[column]) ** 2;
  }
  const sums = new Float64Array(rows * clusters); // of distances to each cluster
  const sizes = new Uint32Array(clusters);
  const products = new Float64Array(ROWS_AT_ONCE);
  for (let a = 0; a < rows; a++) {
    sizes[assignment[a]]++;
    for (let from = 0; from < a; from += ROWS_AT_ONCE) {
      fourProducts(values, a * columns, from * columns, columns, products);
      for (let b = from; b < Math.min(a, from + ROWS_AT_ONCE); b++) {
        const distance = Math.sqrt(Math.max(0, lengths[a] + lengths[b] - 2 * products[b - from])) * unit;
        sums[a * clusters + assignment[b]] += distance;
        sums[b * clusters + assignment[a]] += distance;
      }
    }
  }
  let total = 0;
  for (let row = 0; row < rows; row++) {
    const own = assignment[row];
    if (sizes[own] < 2) continue;
    const within = sums[row * clusters + own] / (sizes[own] - 1);
    let next = Infinity;
    for (let other = 0; other < clusters; other++) {
      if (other !== own && sizes[other] > 0) next = Math.min(next, sums[row * clusters + other] / sizes[other]);
    }
    if (next !== Infinity && Math.max(within, next) > 0) total += (next - within) / Math.max(within, next);
  }
  return total / rows;
}

/** Scalar products of one row with four that follow each other: each number of the one is read once for four sums. */
function fourProducts(values: Float64Array, one: number, first: number, columns: number, products: Float64Array): void {
  let p = 0, q = 0, r = 0, s = 0;
  const end = one + columns;
  for (let i = one, a = first, b = a + columns, c = b + columns, d = c + columns; i < end; i++, a++, b++, c++, d++) {
    const value = values[i];
    p += value * values[a];
    q += value * values[b];
    r += value * values[c];
    s += value * values[d];
  }
  products[0] = p;
  products[1] = q;
  products[2] = r;
  products[3] = s;
}
