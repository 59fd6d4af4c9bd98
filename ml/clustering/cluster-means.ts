import type { Matrix } from '../matrix.js';

/** The mean image of each cluster's rows, rounded to bytes; a cluster without rows is blank. */
export function clusterMeans({ rows, columns, data }: Matrix<Uint8Array>, assignment: Uint16Array, clusters: number): Uint8Array[] {
  const sums = new Float64Array(clusters * columns);
  const sizes = new Uint32Array(clusters);
  for (let row = 0, at = 0; row < rows; row++) {
    sizes[assignment[row]]++;
    for (let column = 0, to = assignment[row] * columns; column < columns; column++, at++, to++) sums[to] += data[at];
  }
  return Array.from(sizes, (size, cluster) =>
    Uint8Array.from(sums.subarray(cluster * columns, (cluster + 1) * columns), (sum) => (size > 0 ? Math.round(sum / size) : 0)));
}
