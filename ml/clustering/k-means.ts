import type { TensorFlow } from '../../native/tensorflow.js';
import { InvalidConfigError } from '../../shared/errors.js';
import type { Matrix } from '../matrix.js';
import { blockProducts } from './block-products.js';
import { KMeansState } from './k-means-state.js';
import { plusPlusSeeds } from './plus-plus-seeds.js';
import { rowTensors } from './row-tensors.js';
import { unitOf } from './row-values.js';

export interface KMeansOptions {
  readonly clusters: number;
  /** Runs from different seeds; all are returned. @default 1 */
  readonly restarts?: number;
  /** @default 300 */
  readonly maxIterations?: number;
  /** Stops when the centres' squared movement falls to this part of the columns' mean variance. @default 1e-4 */
  readonly tolerance?: number;
  readonly seed: number;
}

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

/**
 * k-means by Lloyd's algorithm (1982) from greedy k-means++ seeds. Scores are TensorFlow products of all restarts at once;
 * sums are kept in float64 and change with the rows that move. A row moves only when it gets nearer by more than float32
 * can err, so the objective never rises. A cluster that loses all rows takes the row farthest from its centre.
 * @param working is called before each pass over the rows with words for people; it may throw to stop.
 * @returns the restarts in order.
 * @throws InvalidConfigError for more clusters than rows; InvalidDataError for values that are not finite.
 */
export function kMeans(tf: TensorFlow, x: Matrix, options: KMeansOptions, working: (note: string) => void = () => undefined): KMeansRun[] {
  const { clusters, restarts = 1, maxIterations = 300, tolerance = 1e-4, seed } = options;
  for (const [name, value, most] of [['clusters', clusters, Math.min(x.rows, MOST)], ['restarts', restarts, 1000], ['maxIterations', maxIterations, 1e6]] as const) {
    if (!Number.isInteger(value) || value < 1 || value > most) {
      throw new InvalidConfigError(`k-means: ${name} is ${value} for ${x.rows} rows; expected a whole number from 1 to ${most}.`);
    }
  }
  const tensors = rowTensors(tf, x);
  try {
    const { mean, squares } = tensors;
    const centredRow = (row: number): Float32Array => {
      const unit = unitOf(x);
      return Float32Array.from({ length: x.columns }, (_, column) => x.data[row * x.columns + column] * unit - mean[column]);
    };
    const seeds = plusPlusSeeds(tf, centredRow, tensors, { clusters, restarts, seed }, () => working('choosing first centres'));
    const states = seeds.map((rows) => new KMeansState(x, tensors, Array.from(rows, centredRow)));
    const variance = squares.reduce((sum, square) => sum + square, 0) / x.rows / x.columns;
    for (let iteration = 1; ; iteration++) {
      const active = states.filter(({ done }) => !done);
      if (active.length === 0) break;
      working(`iteration ${iteration}, ${active.length} of ${restarts} restarts`);
      const points = stacked(active.map(({ centres }) => centres));
      blockProducts(tf, tensors, points, (products, first, rows) => {
        active.forEach((state, index) => state.assign(products, first, rows, index * clusters, points.rows));
      });
      for (const state of active) state.finishIteration(tolerance * variance, iteration === maxIterations);
    }
    return states.map((state) => state.result());
  } finally {
    tensors.dispose();
  }
}

const MOST = 65_535; // clusters: their numbers are kept in 16 bits

function stacked(parts: readonly Matrix<Float32Array>[]): Matrix<Float32Array> {
  const { rows, columns } = parts[0];
  const data = new Float32Array(parts.length * rows * columns);
  parts.forEach((part, index) => data.set(part.data, index * rows * columns));
  return { rows: parts.length * rows, columns, data };
}
