import type { Neighbours } from '../neighbours/neighbours.js';
import { symmetricGraph } from './symmetric-graph.js';
import type { SparseGraph } from './symmetric-graph.js';

const STEPS = 64;
const TOLERANCE = 1e-5;
const NARROWEST = 1e-3; // of the mean distance, as in umap-learn

/**
 * UMAP's fuzzy neighbour graph: from each row, a membership of 1 for the nearest row that is not its equal, falling off so that
 * all together are log2(neighbours + 1); then the fuzzy union a + b - ab of both directions. Source: McInnes, Healy, Melville,
 * "UMAP", 2018, algorithms 2 and 3; the row itself counts as a neighbour there, hence the 1.
 */
export function fuzzyGraph(neighbours: Neighbours): SparseGraph {
  const { rows, k, distances } = neighbours;
  const mean = distances.reduce((sum, distance) => sum + distance, 0) / distances.length;
  const memberships = new Float64Array(rows * k);
  for (let row = 0; row < rows; row++) {
    const own = distances.subarray(row * k, (row + 1) * k);
    const ownMean = own.reduce((sum, distance) => sum + distance, 0) / k;
    const nearest = own.find((distance) => distance > 0) ?? 0;
    const width = Math.max(widthOf(own, nearest, Math.log2(k + 1)), NARROWEST * (nearest > 0 ? ownMean : mean));
    for (let j = 0; j < k; j++) memberships[row * k + j] = own[j] <= nearest || width === 0 ? 1 : Math.exp(-(own[j] - nearest) / width);
  }
  return symmetricGraph(neighbours, memberships, (one, other) => one + other - one * other);
}

/** The sigma for which the sum of exp(-(d - nearest) / sigma) is the one wanted, by bisection. */
function widthOf(distances: Float32Array, nearest: number, wanted: number): number {
  let least = 0;
  let most = Infinity;
  let width = 1;
  for (let step = 0; step < STEPS; step++) {
    let sum = 0;
    for (let j = 0; j < distances.length; j++) sum += distances[j] > nearest ? Math.exp(-(distances[j] - nearest) / width) : 1;
    if (Math.abs(sum - wanted) < TOLERANCE) return width;
    if (sum > wanted) most = width;
    else least = width;
    width = most === Infinity ? width * 2 : (least + most) / 2;
  }
  return width;
}
