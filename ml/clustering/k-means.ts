import type { TensorFlow } from '../../native/tensorflow-js.js';
import { InvalidConfigError } from '../../shared/errors.js';
import type { Matrix } from '../matrix.js';
import { blockProducts } from './block-products.js';
import type { KMeansRun } from './k-means-run.js';
import { KMeansState } from './k-means-state.js';
import { plusPlusSeeds } from './plus-plus-seeds.js';
import { rowTensors } from './row-tensors.js';
import { unitOf } from '../unit-of.js';

export interface KMeansOptions {
  readonly clusters: number;
  /** Runs from different seeds; all are returned. @default 1 */
  readonly restarts?: number;
  /** @default 300 */
  readonly maxIterations?: number;
  /** Stops when the centres' squared movement falls to this part of the columns' mean variance. @default 1e-4 */
  readonly tolerance?: number;
  readonly seed: number;
  /** Clusters of the rows, one list a restart, whose means are the first centres; k-means++ chooses them when absent. */
  readonly start?: readonly Uint16Array[];
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
  const { clusters, restarts = options.start?.length ?? 1, maxIterations = 300, tolerance = 1e-4, seed, start } = options;
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
    const first = start
      ? start.map((assignment) => {
        working('centres of the clusters given');
        return centresOf(x, mean, assignment, clusters);
      })
      : plusPlusSeeds(tf, centredRow, tensors, { clusters, restarts, seed }, () => working('choosing first centres')).map((rows) => Array.from(rows, centredRow));
    working('beginning');
    const states = first.map((centres) => new KMeansState(x, tensors, centres));
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

/** Centred means of the rows of each cluster. */
function centresOf(x: Matrix, mean: Float64Array, assignment: Uint16Array, clusters: number): Float32Array[] {
  const { rows, columns, data } = x;
  const sums = Array.from({ length: clusters }, () => new Float64Array(columns));
  const sizes = new Uint32Array(clusters);
  if (assignment.length !== rows) throw new InvalidConfigError(`k-means: a start of ${assignment.length} rows for ${rows} rows; expected one cluster a row.`);
  for (let row = 0, at = 0; row < rows; row++) {
    const sum = sums[assignment[row]];
    sizes[assignment[row]]++;
    for (let column = 0; column < columns; column++, at++) sum[column] += data[at];
  }
  const unit = unitOf(x);
  return sums.map((sum, cluster) => Float32Array.from(sum, (value, column) => (sizes[cluster] > 0 ? (value * unit) / sizes[cluster] - mean[column] : 0)));
}

const MOST = 65_535; // clusters: their numbers are kept in 16 bits

function stacked(parts: readonly Matrix<Float32Array>[]): Matrix<Float32Array> {
  const { rows, columns } = parts[0];
  const data = new Float32Array(parts.length * rows * columns);
  parts.forEach((part, index) => data.set(part.data, index * rows * columns));
  return { rows: parts.length * rows, columns, data };
}
