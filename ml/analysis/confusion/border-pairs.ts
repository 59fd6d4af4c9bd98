import type { PixelNeighbours } from '../duplicates/re-rank.js';

/** Two rows of different classes, each the other's nearest. */
export interface BorderPair {
  /** The row of the lower class first. */
  readonly rows: readonly [number, number];
  readonly squared: number;
}

/** Mutual nearest neighbours of different classes, nearest first: the places where two classes touch. */
export function borderPairs({ rows, k, indices, squares }: PixelNeighbours, labels: Uint8Array): BorderPair[] {
  const pairs: BorderPair[] = [];
  for (let row = 0; row < rows; row++) {
    const other = indices[row * k];
    if (other < row || indices[other * k] !== row || labels[row] === labels[other]) continue;
    pairs.push({ rows: labels[row] < labels[other] ? [row, other] : [other, row], squared: squares[row * k] });
  }
  return pairs.sort((a, b) => a.squared - b.squared || a.rows[0] - b.rows[0]);
}
