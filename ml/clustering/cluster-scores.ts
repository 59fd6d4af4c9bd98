import type { ClusterScores } from '../../shared/analysis/cluster-analysis.js';
import { adjustedRandIndex } from './adjusted-rand-index.js';
import { hungarianAccuracy } from './hungarian-accuracy.js';
import { normalisedMutualInformation } from './normalised-mutual-information.js';
import { purity } from './purity.js';

/** All scores of a contingency table [cluster][class]. */
export function clusterScores(counts: readonly (readonly number[])[]): ClusterScores {
  return {
    purity: purity(counts), nmi: normalisedMutualInformation(counts), ari: adjustedRandIndex(counts),
    hungarianAccuracy: hungarianAccuracy(counts).accuracy,
  };
}
