import { joinColumns } from '../data/join-columns.js';
import type { Matrix } from '../matrix.js';
import type { Bases } from './ensemble.js';
import { SMALLEST } from './label-probabilities.js';

/** The logarithms of all bases' probabilities side by side, each at least log({@link SMALLEST}): float32 [rows, bases x 10]. */
export function logProbabilities({ names, probabilities }: Bases): Matrix<Float32Array> {
  const joined = joinColumns(names, probabilities);
  return { ...joined, data: joined.data.map((value) => Math.log(Math.max(SMALLEST, value))) };
}
