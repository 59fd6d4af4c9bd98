import { linearAssignment } from './linear-assignment.js';

/** A clustering read as a classifier. */
export interface MatchedClusters {
  /** Share of rows whose cluster stands for their class, in [0, 1]. */
  readonly accuracy: number;
  /** For each cluster the class it stands for, or -1 where there are more clusters than classes. */
  readonly classOf: readonly number[];
}

/**
 * Hungarian accuracy ("ACC" in the clustering literature; Yang et al. 2010): the accuracy under the best one-to-one match of
 * clusters and classes. With more clusters than classes only one cluster counts for each class.
 */
export function hungarianAccuracy(counts: readonly (readonly number[])[]): MatchedClusters {
  const classOf = linearAssignment(counts);
  let [matched, rows] = [0, 0];
  counts.forEach((cluster, c) => {
    matched += classOf[c] >= 0 ? cluster[classOf[c]] : 0;
    for (const count of cluster) rows += count;
  });
  return { accuracy: matched / rows, classOf };
}
