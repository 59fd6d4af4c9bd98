import { DivergedError, InvalidConfigError } from '../../shared/errors.js';
import type { Matrix } from '../matrix.js';
import { nearestNeighbours } from '../neighbours/nearest-neighbours.js';
import { createRandom } from '../random.js';
import { curveParameters } from './curve-parameters.js';
import { fuzzyGraph } from './fuzzy-graph.js';
import { powerTable } from './power-table.js';
import { startingMap } from './starting-map.js';
import type { SparseGraph } from './symmetric-graph.js';

/** What may be set of a UMAP map. */
export interface UmapOptions {
  readonly seed: number;
  /** How many rows, itself included, a row is close to. @default 15 */
  readonly neighbours?: number;
  /** How near to each other points of the map may lie. @default 0.1 */
  readonly minDistance?: number;
  /** Passes over the graph's edges. @default 500 for up to 10,000 rows, 200 for more */
  readonly epochs?: number;
  /** Called in the search for neighbours and after each epoch; may throw to end it. */
  readonly onProgress?: (fraction: number, note: string) => void;
}

const NEGATIVE_SAMPLES = 5;
const LONGEST_STEP = 4;
const START = 10 / 3; // the first axis' standard deviation: the widest points lie at about 10, as umap-learn places them
const NEIGHBOURS_SHARE = 0.3; // of the progress

/**
 * A UMAP map of rows in the plane (McInnes, Healy, Melville, "UMAP: Uniform Manifold Approximation and Projection for Dimension
 * Reduction", 2018): stochastic gradient descent on the edges of the fuzzy neighbour graph, each as often as it weighs, with five
 * points drawn at random to push away for each edge that pulls. Constants as in umap-learn; the map begins with the rows' first
 * two columns, so give principal components. The same rows and seed give the same map.
 * @throws InvalidConfigError when neighbours, minDistance or epochs cannot be honoured.
 * @throws InvalidDataError when the rows cannot start a map or a value is not finite.
 */
export function umap(x: Matrix<Float32Array>, { seed, neighbours = 15, minDistance = 0.1, epochs = x.rows <= 10000 ? 500 : 200, onProgress }: UmapOptions): Matrix<Float32Array> {
  if (!Number.isSafeInteger(neighbours) || neighbours < 2 || neighbours > x.rows) {
    throw new InvalidConfigError(`UMAP: ${neighbours} neighbours of ${x.rows} rows; expected a whole number from 2 to the number of rows.`);
  }
  if (!Number.isSafeInteger(epochs) || epochs < 1) throw new InvalidConfigError(`UMAP: ${epochs} epochs; expected a whole number from 1 on.`);
  const curve = curveParameters(minDistance);
  const points = startingMap(x, START);
  const near = nearestNeighbours(x, neighbours - 1, { onProgress: (done) => onProgress?.((NEIGHBOURS_SHARE * done) / x.rows, `neighbours of ${done} of ${x.rows} images`) });
  descend(fuzzyGraph(near), points, curve, epochs, seed, (done) => onProgress?.(NEIGHBOURS_SHARE + ((1 - NEIGHBOURS_SHARE) * done) / epochs, `epoch ${done} of ${epochs}`));
  if (points.some((value) => !Number.isFinite(value))) throw new DivergedError(`UMAP: the map is not finite after ${epochs} epochs.`);
  return { rows: x.rows, columns: 2, data: Float32Array.from(points) };
}

function descend(graph: SparseGraph, points: Float64Array, { a, b }: { a: number; b: number }, epochs: number, seed: number, onEpoch: (done: number) => void): void {
  const { rows, starts, columns, weights } = graph;
  const random = createRandom(seed);
  const power = powerTable(b);
  const heaviest = weights.reduce((most, weight) => Math.max(most, weight), 0);
  const due = weights.map((weight) => heaviest / weight); // the epoch in which an edge is next taken
  for (let epoch = 0; epoch < epochs; epoch++) {
    const rate = 1 - epoch / epochs;
    for (let row = 0; row < rows; row++) {
      for (let edge = starts[row]; edge < starts[row + 1]; edge++) {
        if (due[edge] > epoch) continue;
        due[edge] += heaviest / weights[edge];
        const other = columns[edge];
        pull(points, row, other, rate, a, b, power);
        for (let draw = 0; draw < NEGATIVE_SAMPLES; draw++) {
          const stranger = Math.floor(random.uniform() * rows);
          if (stranger !== row) push(points, row, stranger, rate, a, b, power);
        }
      }
    }
    onEpoch(epoch + 1);
  }
}

function pull(points: Float64Array, row: number, other: number, rate: number, a: number, b: number, power: (x: number) => number): void {
  const dx = points[2 * row] - points[2 * other];
  const dy = points[2 * row + 1] - points[2 * other + 1];
  const squared = dx * dx + dy * dy;
  if (squared === 0) return;
  const powered = power(squared);
  const force = (-2 * a * b * powered) / (squared * (1 + a * powered));
  const right = rate * limited(force * dx);
  const down = rate * limited(force * dy);
  points[2 * row] += right;
  points[2 * row + 1] += down;
  points[2 * other] -= right;
  points[2 * other + 1] -= down;
}

function push(points: Float64Array, row: number, stranger: number, rate: number, a: number, b: number, power: (x: number) => number): void {
  const dx = points[2 * row] - points[2 * stranger];
  const dy = points[2 * row + 1] - points[2 * stranger + 1];
  const squared = dx * dx + dy * dy;
  if (squared === 0) return;
  const force = (2 * b) / ((0.001 + squared) * (1 + a * power(squared)));
  points[2 * row] += rate * limited(force * dx);
  points[2 * row + 1] += rate * limited(force * dy);
}

function limited(step: number): number {
  return step > LONGEST_STEP ? LONGEST_STEP : step < -LONGEST_STEP ? -LONGEST_STEP : step;
}
