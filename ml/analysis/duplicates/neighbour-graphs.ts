import { InvalidDataError } from '../../../shared/errors.js';
import type { Images } from '../../data/decode-images.js';
import { rowsBetween } from '../../matrix.js';
import { nearestNeighbours } from '../../neighbours/nearest-neighbours.js';
import type { DenseAlgebra } from '../../reductions/algebra.js';
import { principalScores } from '../../reductions/principal-scores.js';
import { recentred } from './recentred.js';
import { reRank } from './re-rank.js';
import type { PixelNeighbours } from './re-rank.js';

/** The nearest training images of each training and of each test image. */
export interface NeighbourGraphs {
  readonly graph: PixelNeighbours;
  readonly testGraph: PixelNeighbours;
  readonly search: { readonly components: number; readonly explained: number; readonly candidates: number };
  /** The images as they were compared: with their centres of mass in the middle. */
  readonly moved: { readonly train: Images; readonly test: Images };
}

const COMPONENTS = 32;
const CANDIDATES = 32;

/**
 * Nearest neighbours by pixels: candidates among the principal components of the recentred images (fitted on the first `fitRows`
 * training rows), then ordered by exact pixel distances. Training images are not their own neighbours.
 * @throws InvalidDataError when train and test images differ in size.
 */
export function neighbourGraphs(
  algebra: DenseAlgebra, train: Images, test: Images,
  { neighbours, fitRows }: { readonly neighbours: number; readonly fitRows: number },
  working: (fraction: number, note: string) => void,
): NeighbourGraphs {
  if (train.width !== test.width || train.height !== test.height) {
    throw new InvalidDataError(`training images of ${train.width} x ${train.height} and test images of ${test.width} x ${test.height} pixels; expected one size.`);
  }
  const { rows, columns } = train.pixels;
  const total = rows + test.pixels.rows;
  const data = new Uint8Array(total * columns);
  working(0, 'recentring');
  data.set(recentred(train));
  data.set(recentred(test), rows * columns);
  const all = { rows: total, columns, data };
  const components = Math.min(COMPONENTS, columns, fitRows);
  const candidates = Math.min(Math.max(CANDIDATES, neighbours), rows - 1);
  const { scores, explained } = principalScores(algebra, all, { components, fitRows }, () => working(0, 'principal components'));
  const found = rowsBetween(scores, 0, rows);
  const within = nearestNeighbours(found, candidates, { onProgress: (done) => working((0.9 * done) / total, `neighbours of ${done} of ${total} images`) });
  const between = nearestNeighbours(found, candidates, {
    queries: rowsBetween(scores, rows, total),
    onProgress: (done) => working((0.9 * (rows + done)) / total, `neighbours of ${rows + done} of ${total} images`),
  });
  const moved = { train: { ...train, pixels: rowsBetween(all, 0, rows) }, test: { ...test, pixels: rowsBetween(all, rows, total) } };
  const ordering = (done: number): void => working(0.9 + (0.1 * done) / total, 'ordering neighbours by pixels');
  const graph = reRank(moved.train.pixels, moved.train.pixels, within.indices, neighbours, ordering);
  const testGraph = reRank(moved.test.pixels, moved.train.pixels, between.indices, neighbours, (done) => ordering(rows + done));
  return { graph, testGraph, search: { components, explained, candidates }, moved };
}
