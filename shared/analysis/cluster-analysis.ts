/** Mean and extremes over restarts. */
export interface Spread {
  readonly mean: number;
  readonly least: number;
  readonly most: number;
}

/** Agreement of clusters with classes. */
export interface ClusterScores {
  readonly purity: number;
  /** Normalised mutual information, arithmetic mean of the entropies. */
  readonly nmi: number;
  /** Adjusted Rand index. */
  readonly ari: number;
  /** Accuracy under the best one-to-one match of clusters and classes. */
  readonly hungarianAccuracy: number;
}

/** One input put into a number of clusters: the restart with the lowest inertia, and how the others did. */
export interface Clustering extends ClusterScores {
  /** `pixels`, `pca`, `deskewed`, or a feature family. */
  readonly of: string;
  readonly clusters: number;
  readonly columns: number;
  readonly restarts: number;
  readonly inertia: number;
  readonly converged: boolean;
  /** After each iteration. */
  readonly objective: readonly number[];
  /** On a thousand evenly spaced rows. */
  readonly silhouette: number;
  readonly overRestarts: Readonly<Record<keyof ClusterScores, Spread>>;
  /** [cluster][class]: rows. */
  readonly table: readonly (readonly number[])[];
  /** The class that each cluster stands for in the Hungarian match; -1 without one. */
  readonly classOf: readonly number[];
  /** Mean image of each cluster's rows, base64 of uint8 pixels. */
  readonly means: readonly string[];
}

/** k-means on the training images, without labels, compared with them afterwards. */
export interface ClusterAnalysis {
  readonly kind: 'cluster-analysis';
  readonly rows: number;
  readonly width: number;
  readonly height: number;
  /** Principal components of `pca` and `deskewed`. */
  readonly components: number;
  readonly clusterings: readonly Clustering[];
}
