import { InvalidDataError } from '../../shared/errors.js';
import { rowsBetween } from '../matrix.js';
import type { Matrix } from '../matrix.js';
import type { DenseAlgebra } from './algebra.js';
import { fitPca, transformPca } from './pca.js';

/** Rows projected onto principal components. */
export interface PrincipalScores {
  /** float32, [rows, components]. */
  readonly scores: Matrix<Float32Array>;
  /** Share of the variance of the fitted rows that is kept, in (0, 1]. */
  readonly explained: number;
}

/**
 * The rows in the coordinates of the first principal components of the first `fitRows` of them: for searches, clusters and maps. Where
 * there are fewer columns or fitted rows than components asked for, all are kept. Pixels count in 0..1.
 * @param working called many times a second of work; may throw to end it.
 * @throws InvalidDataError for fewer than two fitted rows, for numbers that are not finite, and when all fitted rows are equal.
 */
export function principalScores(
  algebra: DenseAlgebra, x: Matrix, { components, fitRows = x.rows }: { readonly components: number; readonly fitRows?: number },
  working: () => void = () => {},
): PrincipalScores {
  if (fitRows > x.rows) throw new InvalidDataError(`PCA: ${fitRows} rows to fit of ${x.rows}; expected at most all of them.`);
  const pca = fitPca(rowsBetween<Float32Array | Uint8Array>(x, 0, fitRows), { components: Math.min(components, x.columns, fitRows) }, algebra, working);
  return { scores: transformPca(pca, x, algebra, working), explained: pca.explainedVarianceRatio.reduce((sum, ratio) => sum + ratio, 0) };
}
