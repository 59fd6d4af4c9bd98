/** Purity in [0, 1]: the share of rows whose class is the most frequent one of their cluster. It rises with the number of clusters. */
export function purity(counts: readonly (readonly number[])[]): number {
  let [majority, rows] = [0, 0];
  for (const cluster of counts) {
    majority += Math.max(...cluster);
    rows += cluster.reduce((sum, count) => sum + count, 0);
  }
  return majority / rows;
}
