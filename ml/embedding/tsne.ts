import { DivergedError, InvalidConfigError } from '../../shared/errors.js';
import type { Matrix } from '../matrix.js';
import { nearestNeighbours } from '../neighbours/nearest-neighbours.js';
import { affinities } from './affinities.js';
import { attract } from './attraction.js';
import { exactRepulsion } from './exact-repulsion.js';
import { createRepulsion } from './repulsion.js';
import { startingMap } from './starting-map.js';
import type { SparseGraph } from './symmetric-graph.js';

/** What may be set of a t-SNE map. */
export interface TsneOptions {
  /** How many neighbours a row has, softly. @default 30 */
  readonly perplexity?: number;
  /** Steps of gradient descent, the exaggerated ones included; at least 1. @default 750 */
  readonly iterations?: number;
  /** Called in the search for neighbours and after each step; may throw to end it. */
  readonly onProgress?: (fraction: number, note: string) => void;
}

/** A t-SNE map. */
export interface TsneMap {
  readonly map: Matrix<Float32Array>;
  /** Kullback-Leibler divergence of the map's similarities from the data's, in nats: what is minimised. */
  readonly klDivergence: number;
}

const EXAGGERATION = 12;
const EXAGGERATED_STEPS = 250;
const MOMENTUM = { exaggerated: 0.5, final: 0.8 };
const SMALLEST_GAIN = 0.01;
/** Rows whose pairs are fewer than a grid's transforms are worth. */
const EXACT_UP_TO = 700;
/* Of the progress. */
const NEIGHBOURS_SHARE = 0.28;
const SIMILARITIES_SHARE = 0.02;
const BEFORE_STEPS = NEIGHBOURS_SHARE + SIMILARITIES_SHARE;

/**
 * A t-SNE map of rows in the plane (van der Maaten and Hinton, JMLR 9, 2008), with exact neighbours and forces in time linear in
 * the rows (`createRepulsion`; pair by pair up to 700 rows). Settings as in Kobak and Berens, "The art of using t-SNE for single-cell transcriptomics", 2019:
 * the map begins with the rows' first two columns, so give principal components; early exaggeration 12 in the first 250 steps;
 * learning rate n / exaggeration, as openTSNE has it (kept at n / 12, 750 steps end at a 3 % higher divergence). Nothing is drawn at random: the same rows give the same map.
 * @throws InvalidConfigError when the perplexity is below 1 or above a third of the other rows, or there are no iterations.
 * @throws InvalidDataError when the rows cannot start a map or a value is not finite.
 */
export function tsne(x: Matrix<Float32Array>, { perplexity = 30, iterations = 750, onProgress }: TsneOptions = {}): TsneMap {
  const neighbours = Math.floor(3 * perplexity);
  if (!(perplexity >= 1) || neighbours > x.rows - 1) {
    throw new InvalidConfigError(`t-SNE: a perplexity of ${perplexity} for ${x.rows} rows; expected one from 1 to ${Math.floor((x.rows - 1) / 3)}, a third of the other rows. Lower it or give more rows.`);
  }
  if (!Number.isSafeInteger(iterations) || iterations < 1) throw new InvalidConfigError(`t-SNE: ${iterations} iterations; expected a whole number from 1 on.`);
  const points = startingMap(x, 1e-4);
  const near = nearestNeighbours(x, neighbours, { onProgress: (done) => onProgress?.((NEIGHBOURS_SHARE * done) / x.rows, `neighbours of ${done} of ${x.rows} images`) });
  const graph = affinities(near, perplexity, (fraction) => onProgress?.(NEIGHBOURS_SHARE + SIMILARITIES_SHARE * fraction, 'similarities'));
  const normaliser = descend(graph, points, iterations, (done) => onProgress?.(BEFORE_STEPS + ((1 - BEFORE_STEPS) * done) / iterations, `step ${done} of ${iterations}`));
  return { map: { rows: x.rows, columns: 2, data: Float32Array.from(points) }, klDivergence: divergence(graph, points, normaliser) };
}

/** Gradient descent with momentum and a gain for each coordinate (Jacobs, 1988), in place; returns Z of the last map. */
function descend(graph: SparseGraph, points: Float64Array, iterations: number, onStep: (done: number) => void): number {
  const { repel } = graph.rows <= EXACT_UP_TO ? exactRepulsion : createRepulsion();
  const positions = new Float32Array(points.length);
  const attraction = new Float64Array(points.length);
  const repulsion = new Float64Array(points.length);
  const velocity = new Float64Array(points.length);
  const gains = new Float64Array(points.length).fill(1);
  for (let step = 0; step < iterations; step++) {
    const exaggeration = step < EXAGGERATED_STEPS ? EXAGGERATION : 1;
    const momentum = step < EXAGGERATED_STEPS ? MOMENTUM.exaggerated : MOMENTUM.final;
    positions.set(points);
    attract(graph, positions, attraction);
    const learningRate = graph.rows / exaggeration;
    const share = 1 / repel(points, repulsion);
    for (let i = 0; i < points.length; i++) {
      const gradient = exaggeration * attraction[i] - share * repulsion[i];
      const gain = gradient * velocity[i] < 0 ? gains[i] + 0.2 : Math.max(SMALLEST_GAIN, gains[i] * 0.8);
      gains[i] = gain;
      velocity[i] = momentum * velocity[i] - learningRate * gain * gradient;
      points[i] += velocity[i];
    }
    if (!Number.isFinite(points[0] + points[points.length - 1])) throw new DivergedError(`t-SNE: the map is no longer finite after step ${step + 1} of ${iterations}.`);
    onStep(step + 1);
  }
  return repel(points, repulsion);
}

function divergence({ rows, starts, columns, weights }: SparseGraph, points: Float64Array, normaliser: number): number {
  let sum = 0;
  for (let row = 0; row < rows; row++) {
    for (let edge = starts[row]; edge < starts[row + 1]; edge++) {
      const dx = points[2 * row] - points[2 * columns[edge]];
      const dy = points[2 * row + 1] - points[2 * columns[edge] + 1];
      sum += weights[edge] * Math.log(weights[edge] * normaliser * (1 + dx * dx + dy * dy));
    }
  }
  return sum;
}
