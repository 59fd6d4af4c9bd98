/**
 * Adjusted Rand index (Hubert and Arabie 1985): agreement on pairs of rows, 0 as by chance, 1 where clusters are classes.
 * By the pair counts tp, tn, fp, fn, as scikit-learn's adjusted_rand_score.
 */
export function adjustedRandIndex(counts: readonly (readonly number[])[]): number {
  const classes = counts[0]?.length ?? 0;
  const classSizes = new Array<number>(classes).fill(0);
  let [rows, squares, clusterSquares] = [0, 0, 0];
  for (const cluster of counts) {
    let size = 0;
    cluster.forEach((count, label) => {
      size += count;
      classSizes[label] += count;
      squares += count * count;
    });
    rows += size;
    clusterSquares += size * size;
  }
  const classSquares = classSizes.reduce((sum, size) => sum + size * size, 0);
  const both = squares - rows;
  const clusterOnly = clusterSquares - squares;
  const classOnly = classSquares - squares;
  const neither = rows * rows - clusterOnly - classOnly - squares;
  if (clusterOnly === 0 && classOnly === 0) return 1;
  return (2 * (both * neither - classOnly * clusterOnly)) / ((both + classOnly) * (classOnly + neither) + (both + clusterOnly) * (clusterOnly + neither));
}
