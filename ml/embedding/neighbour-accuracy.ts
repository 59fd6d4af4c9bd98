import { InvalidDataError } from '../../shared/errors.js';
import type { Matrix } from '../matrix.js';
import { CLASSES } from '../models/model.js';
import { nearestNeighbours } from '../neighbours/nearest-neighbours.js';

/**
 * How well the classes part in a map: the share of rows whose label most of their k nearest others have (leave-one-out; of
 * equally many the smaller class is taken).
 * @param onProgress called with the number of rows whose neighbours are known; may throw to end it.
 * @throws InvalidDataError when there are not as many labels as rows.
 */
export function neighbourAccuracy(map: Matrix<Float32Array>, labels: Uint8Array, k = 5, onProgress?: (done: number) => void): number {
  if (labels.length !== map.rows) throw new InvalidDataError(`neighbourAccuracy: ${labels.length} labels for ${map.rows} rows; expected as many.`);
  const { indices } = nearestNeighbours(map, k, { ...(onProgress && { onProgress }) });
  const votes = new Int32Array(CLASSES);
  let right = 0;
  for (let row = 0; row < map.rows; row++) {
    votes.fill(0);
    for (let i = row * k; i < (row + 1) * k; i++) votes[labels[indices[i]]]++;
    let winner = 0;
    for (let label = 1; label < CLASSES; label++) if (votes[label] > votes[winner]) winner = label;
    if (winner === labels[row]) right++;
  }
  return right / map.rows;
}
