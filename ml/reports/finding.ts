import type { AugmentationAnalysis } from '../../shared/analysis/augmentation.js';
import type { AugmentationImpact } from '../../shared/analysis/augmentation-impact.js';
import type { ClusterAnalysis } from '../../shared/analysis/cluster-analysis.js';
import type { DataCheck } from '../../shared/analysis/data-check.js';
import type { DataDescription } from '../../shared/analysis/data-description.js';
import type { Diversity } from '../../shared/analysis/diversity.js';
import type { Embedding } from '../../shared/analysis/embedding.js';
import type { Explanations } from '../../shared/analysis/explanations.js';
import type { FeatureSelection } from '../../shared/analysis/feature-selection.js';
import type { LabelAudit } from '../../shared/analysis/label-audit.js';
import type { LabelErrors } from '../../shared/analysis/label-errors.js';
import type { NeighbourAnalysis } from '../../shared/analysis/neighbour-analysis.js';
import type { Reductions } from '../../shared/analysis/reductions.js';
import type { CompressionSearch } from '../../shared/compression.js';
import type { ExportRecord } from '../../shared/exports.js';

/** Something that a run found of its data, or exported, as its step wrote it. */
export type Finding =
  | AugmentationAnalysis | AugmentationImpact | ClusterAnalysis | CompressionSearch | DataCheck | DataDescription | Diversity | Embedding | Explanations | ExportRecord
  | FeatureSelection | LabelAudit | LabelErrors | NeighbourAnalysis | Reductions;
