import type { ConfusablePair } from '../../../shared/analysis/neighbour-analysis.js';

/** All pairs of classes by falling symmetric rate: rows of either taken for the other, over the rows of both. `matrix` is [actual][voted]. */
export function confusablePairs(matrix: readonly (readonly number[])[]): ConfusablePair[] {
  const sizes = matrix.map((row) => row.reduce((sum, count) => sum + count, 0));
  const pairs: ConfusablePair[] = [];
  for (let a = 0; a < matrix.length; a++) {
    for (let b = a + 1; b < matrix.length; b++) {
      const counts = [matrix[a][b], matrix[b][a]] as const;
      const rows = sizes[a] + sizes[b];
      pairs.push({ classes: [a, b], counts, rate: rows > 0 ? (counts[0] + counts[1]) / rows : 0 });
    }
  }
  return pairs.sort((a, b) => b.rate - a.rate || a.classes[0] - b.classes[0] || a.classes[1] - b.classes[1]);
}
