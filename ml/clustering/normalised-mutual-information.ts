/**
 * Normalised mutual information in [0, 1] of clusters and classes: their mutual information over the arithmetic mean of their
 * entropies (Strehl and Ghosh 2002; scikit-learn's default). 1 where both are one single group.
 */
export function normalisedMutualInformation(counts: readonly (readonly number[])[]): number {
  const clusterSizes = counts.map(total);
  const classSizes = (counts[0] ?? []).map((_, label) => total(counts.map((cluster) => cluster[label])));
  const rows = total(clusterSizes);
  const meanEntropy = (entropy(clusterSizes, rows) + entropy(classSizes, rows)) / 2;
  if (meanEntropy === 0) return 1;
  let information = 0;
  counts.forEach((cluster, c) => cluster.forEach((count, label) => {
    if (count > 0) information += (count / rows) * (Math.log(count) + Math.log(rows) - Math.log(clusterSizes[c]) - Math.log(classSizes[label]));
  }));
  return Math.max(0, information) / meanEntropy;
}

function entropy(sizes: readonly number[], rows: number): number {
  return sizes.reduce((sum, size) => (size > 0 ? sum - (size / rows) * (Math.log(size) - Math.log(rows)) : sum), 0);
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
