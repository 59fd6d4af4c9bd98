import type { Matrix } from '../matrix.js';
import { unitOf } from '../unit-of.js';

/**
 * Mean silhouette width in [-1, 1] (Rousseeuw 1987), Euclidean: how much nearer a row is to its own cluster than to the next
 * one. O(rows^2): give it a sample. Rows alone in their cluster count 0, as in scikit-learn.
 */
export function silhouette(matrix: Matrix, assignment: ArrayLike<number>, clusters: number): number {
  const { rows, columns, data } = matrix;
  const unit = unitOf(matrix);
  const sums = new Float64Array(rows * clusters); // of distances to each cluster
  const sizes = new Uint32Array(clusters);
  for (let a = 0; a < rows; a++) {
    sizes[assignment[a]]++;
    for (let b = 0; b < a; b++) {
      let square = 0;
      for (let i = a * columns, j = b * columns; i < (a + 1) * columns; i++, j++) square += (data[i] - data[j]) * (data[i] - data[j]);
      const distance = Math.sqrt(square) * unit;
      sums[a * clusters + assignment[b]] += distance;
      sums[b * clusters + assignment[a]] += distance;
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
