import type { Matrix } from '../matrix.js';

/** What one restart came to. */
export interface KMeansRun {
  /** [clusters, columns], in the matrix's own meaning (pixels in [0, 1]). */
  readonly centres: Matrix<Float32Array>;
  /** The cluster of each row. */
  readonly assignment: Uint16Array;
  /** Sum of squared distances of the rows to their centres. */
  readonly inertia: number;
  /** That sum after each assignment; it never rises. */
  readonly objective: readonly number[];
  /** False when `maxIterations` ended it. */
  readonly converged: boolean;
}
