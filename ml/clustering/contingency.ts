import { InvalidDataError } from '../../shared/errors.js';

/**
 * counts[cluster][label]: how many rows of each class lie in each cluster.
 * @throws InvalidDataError when the lengths differ, there are no rows, or a number is out of its range.
 */
export function contingency(assignment: ArrayLike<number>, labels: ArrayLike<number>, clusters: number, classes: number): number[][] {
  if (assignment.length !== labels.length || labels.length === 0) {
    throw new InvalidDataError(`${assignment.length} rows in clusters and ${labels.length} labels: expected equally many, at least one.`);
  }
  const counts = Array.from({ length: clusters }, () => new Array<number>(classes).fill(0));
  for (let row = 0; row < labels.length; row++) {
    if (!(assignment[row] < clusters && labels[row] < classes)) {
      throw new InvalidDataError(`row ${row}: cluster ${assignment[row]}, label ${labels[row]}; expected below ${clusters} and ${classes}.`);
    }
    counts[assignment[row]][labels[row]]++;
  }
  return counts;
}
