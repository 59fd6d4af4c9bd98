const MOST_ROUNDS = 300;

/** Numbers in few clusters. */
export interface NumberClusters {
  /** Ascending; none is without members. */
  readonly centroids: Float32Array<ArrayBuffer>;
  /** The centroid of each number. */
  readonly assignment: Int32Array<ArrayBuffer>;
}

/**
 * k-means of numbers, from centroids spread evenly from the smallest to the largest (linear initialisation, which keeps the few large
 * weights that matter: Han, Mao and Dally 2016, "Deep Compression").
 */
export function clusterNumbers(values: Float32Array, clusters: number): NumberClusters {
  const sorted = Float64Array.from(values).sort();
  const [least, most] = [sorted[0] ?? 0, sorted[sorted.length - 1] ?? 0];
  let centroids = Float64Array.from({ length: clusters }, (_, i) => least + ((most - least) * i) / Math.max(1, clusters - 1));
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const next = meansOf(sorted, centroids);
    const settled = next.every((centroid, i) => centroid === centroids[i]);
    centroids = next;
    if (settled) break;
  }
  const nearest = Int32Array.from(values, (value) => nearestOf(centroids, value));
  const used = [...new Set(nearest)].sort((a, b) => a - b);
  const renumbered = new Map(used.map((centroid, index) => [centroid, index]));
  return { centroids: Float32Array.from(used, (centroid) => centroids[centroid]), assignment: nearest.map((centroid) => renumbered.get(centroid) ?? 0) };
}

/** The means of what is nearest to each centroid; one without members stays. */
function meansOf(sorted: Float64Array, centroids: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const sums = new Float64Array(centroids.length);
  const counts = new Uint32Array(centroids.length);
  let at = 0;
  for (const value of sorted) {
    while (at + 1 < centroids.length && value > (centroids[at] + centroids[at + 1]) / 2) at += 1;
    sums[at] += value;
    counts[at] += 1;
  }
  return centroids.map((centroid, i) => (counts[i] > 0 ? sums[i] / counts[i] : centroid));
}

function nearestOf(centroids: Float64Array, value: number): number {
  let [low, high] = [0, centroids.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value > (centroids[middle] + centroids[middle + 1]) / 2) low = middle + 1;
    else high = middle;
  }
  return low;
}
