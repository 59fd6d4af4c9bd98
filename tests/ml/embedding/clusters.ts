import type { Matrix } from '../../../ml/matrix.js';
import { createRandom } from '../../../ml/random.js';

/** Rows of Gaussian clusters, `apart` standard deviations between any two centres; row i is of cluster i mod `count`. */
export function clusters(rows: number, columns: number, count: number, apart: number, seed: number): { x: Matrix<Float32Array>; labels: Uint8Array } {
  const random = createRandom(seed);
  const data = Float32Array.from({ length: rows * columns }, (_, i) => random.normal() + (i % columns === Math.floor(i / columns) % count ? apart / Math.SQRT2 : 0));
  return { x: { rows, columns, data }, labels: Uint8Array.from({ length: rows }, (_, row) => row % count) };
}
