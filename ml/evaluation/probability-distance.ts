import type { Matrix } from '../matrix.js';
import { argmaxRows } from './argmax-rows.js';

/** Probabilities that are as near as this count as the same. */
const NEAR = 1e-4;
/** Rows of a model that jumps (trees, neighbours) that may be off: one in so many, where a tie falls to the other side. */
const ONE_IN = 1000;

/** How far two sets of probabilities of the same rows are from each other. */
export interface ProbabilityDistance {
  /** Of any probability; NaN is infinitely far. */
  readonly largest: number;
  readonly labelsChanged: number;
  /** Rows with another label, or further off than 1e-4. */
  readonly off: readonly number[];
}

/** Compares probabilities of the same rows. */
export function probabilityDistance(expected: Matrix<Float32Array>, given: Matrix<Float32Array>): ProbabilityDistance {
  const { rows, columns } = expected;
  const [labels, others] = [argmaxRows(expected), argmaxRows(given)];
  const off: number[] = [];
  let [largest, labelsChanged] = [0, 0];
  for (let row = 0; row < rows; row++) {
    let farthest = 0;
    for (let at = row * columns; at < (row + 1) * columns; at++) {
      const difference = Math.abs(expected.data[at] - given.data[at]);
      farthest = Math.max(farthest, Number.isNaN(difference) ? Infinity : difference);
    }
    const changed = labels[row] !== others[row];
    largest = Math.max(largest, farthest);
    labelsChanged += Number(changed);
    if (changed || farthest > NEAR) off.push(row);
  }
  return { largest, labelsChanged, off };
}

/** Whether probabilities that far from each other are the same: all within 1e-4, or where a model jumps all but one row in a thousand. */
export function isSame({ largest, off }: ProbabilityDistance, rows: number, jumps: boolean): boolean {
  return jumps ? off.length * ONE_IN <= rows : largest <= NEAR;
}
