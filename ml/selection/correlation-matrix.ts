import type { Matrix } from '../matrix.js';
import type { DenseAlgebra } from '../reductions/algebra.js';
import { scatterAroundMean } from '../reductions/scatter.js';

/**
 * Pearson's correlation of all pairs of columns, [columns, columns], symmetric, in [-1, 1]; 0 where one of the two is constant, 1 on the diagonal.
 * @throws InvalidDataError for a number that is not finite.
 */
export function correlationMatrix(x: Matrix, algebra: DenseAlgebra, working: () => void = () => {}): Float32Array {
  const { columns } = x;
  const around = scatterAroundMean(algebra.scatter(x, undefined, 1, working));
  const inverse = Float64Array.from({ length: columns }, (_, j) => (around[j * columns + j] > 0 ? 1 / Math.sqrt(around[j * columns + j]) : 0));
  const correlations = new Float32Array(columns * columns);
  for (let a = 0, i = 0; a < columns; a++) {
    for (let b = 0; b < columns; b++, i++) correlations[i] = a === b ? 1 : Math.max(-1, Math.min(1, around[i] * inverse[a] * inverse[b]));
  }
  return correlations;
}
