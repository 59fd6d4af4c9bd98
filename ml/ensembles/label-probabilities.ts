import { CLASSES } from '../models/model.js';
import type { Bases } from './ensemble.js';

/** What a base that rules a class out is taken to give it: it must not veto all others. */
export const SMALLEST = 1e-6;

/** What each base gives to the rows' own labels, at least {@link SMALLEST}: float64 [rows] a base. */
export function labelProbabilities({ probabilities }: Bases, labels: Uint8Array): Float64Array[] {
  return probabilities.map(({ data }) => Float64Array.from(labels, (label, row) => Math.max(SMALLEST, data[row * CLASSES + label])));
}
