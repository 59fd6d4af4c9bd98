import type { TensorFlow } from '../../native/tensorflow-js.js';
import type { Matrix } from '../matrix.js';
import { createRandom, deriveSeed } from '../random.js';
import { blockProducts } from './block-products.js';
import type { RowTensors } from './row-tensors.js';

/**
 * Greedy k-means++ (Arthur and Vassilvitskii 2007; with 2 + ln k trials a centre, as scikit-learn): the rows that become the
 * first centres of each restart, [restarts][clusters]. All restarts look at the rows in the same pass.
 */
export function plusPlusSeeds(
  tf: TensorFlow, centredRow: (row: number) => Float32Array, x: RowTensors,
  { clusters, restarts, seed }: { readonly clusters: number; readonly restarts: number; readonly seed: number },
  working: () => void,
): Uint32Array[] {
  const rows = x.squares.length;
  const trials = 2 + Math.floor(Math.log(clusters));
  const randoms = Array.from({ length: restarts }, (_, restart) => createRandom(deriveSeed(seed, restart)));
  const chosen = randoms.map((random) => {
    const seeds = new Uint32Array(clusters);
    seeds[0] = random.integer(rows);
    return seeds;
  });
  const nearest = chosen.map((seeds) => squaredDistances(tf, centredRow, x, [seeds[0]])[0]);
  for (let cluster = 1; cluster < clusters; cluster++) {
    working();
    const candidates = randoms.map((random, restart) => drawn(nearest[restart], trials, () => random.uniform()));
    const distances = squaredDistances(tf, centredRow, x, candidates.flat());
    chosen.forEach((seeds, restart) => {
      let [best, least] = [0, Infinity];
      for (let trial = 0; trial < trials; trial++) {
        const potential = lowered(nearest[restart], distances[restart * trials + trial]);
        if (potential < least) [best, least] = [trial, potential];
      }
      seeds[cluster] = candidates[restart][best];
      nearest[restart] = distances[restart * trials + best];
    });
  }
  return chosen;
}

/** Squared distances of all rows to some of them: one array for each. */
function squaredDistances(tf: TensorFlow, centredRow: (row: number) => Float32Array, x: RowTensors, to: readonly number[]): Float32Array[] {
  const columns = x.mean.length;
  const points: Matrix<Float32Array> = { rows: to.length, columns, data: new Float32Array(to.length * columns) };
  to.forEach((row, i) => points.data.set(centredRow(row), i * columns));
  const distances = to.map(() => new Float32Array(x.squares.length));
  blockProducts(tf, x, points, (products, first, rows) => {
    for (let i = 0, at = 0; i < rows; i++) {
      const square = x.squares[first + i];
      for (let j = 0; j < to.length; j++, at++) distances[j][first + i] = Math.max(0, square + x.squares[to[j]] - 2 * products[at]);
    }
  });
  to.forEach((row, j) => (distances[j][row] = 0));
  return distances;
}

/** `count` rows, each drawn in proportion to its squared distance. */
function drawn(squares: Float32Array, count: number, uniform: () => number): number[] {
  let total = 0;
  for (const square of squares) total += square;
  const marks = Array.from({ length: count }, (_, order) => ({ order, at: uniform() * total })).sort((a, b) => a.at - b.at);
  const rows = new Array<number>(count).fill(squares.length - 1);
  let [sum, next] = [0, 0];
  for (let row = 0; row < squares.length && next < count; row++) {
    sum += squares[row];
    for (; next < count && marks[next].at < sum; next++) rows[marks[next].order] = row;
  }
  return rows;
}

/** Lowers the candidate's distances to those there are already; their sum. */
function lowered(nearest: Float32Array, candidate: Float32Array): number {
  let potential = 0;
  for (let row = 0; row < candidate.length; row++) {
    if (nearest[row] < candidate[row]) candidate[row] = nearest[row];
    potential += candidate[row];
  }
  return potential;
}
