import type { SparseGraph } from './symmetric-graph.js';

/**
 * The attractive half of t-SNE's gradient: for each point i, the sum over j of p_ij (y_i - y_j) / (1 + |y_i - y_j|^2).
 * @param points [n, 2]
 * @param forces [n, 2], overwritten.
 */
export function attract({ rows, starts, columns, weights }: SparseGraph, points: Float32Array, forces: Float64Array): void {
  for (let row = 0; row < rows; row++) {
    const x = points[2 * row];
    const y = points[2 * row + 1];
    const end = starts[row + 1];
    let right = 0;
    let down = 0;
    for (let edge = starts[row]; edge < end; edge++) {
      const other = columns[edge] << 1;
      const dx = x - points[other];
      const dy = y - points[other + 1];
      const weight = weights[edge] / (1 + dx * dx + dy * dy);
      right += weight * dx;
      down += weight * dy;
    }
    forces[2 * row] = right;
    forces[2 * row + 1] = down;
  }
}
