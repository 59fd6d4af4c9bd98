import type { ArtifactRef } from './artifact.js';

/** A contiguous block of rows in one object. */
export interface Shard {
  readonly ref: ArtifactRef;
  readonly rows: number;
}

/** Images and labels of one half of a data set. */
export interface DatasetSplit {
  readonly rows: number;
  /** `.npy`, uint8, [rows, height, width]; at most `shardSize` images each, in order. */
  readonly images: readonly Shard[];
  /** `.npy`, uint8, [rows]. */
  readonly labels: ArtifactRef;
}

/** The manifest (JSON artifact) of an ingested data set. */
export interface DatasetManifest {
  readonly kind: 'dataset';
  readonly width: number;
  readonly height: number;
  readonly classes: number;
  /** The training rows; the last `validationRows` of them are the fixed validation split. */
  readonly train: DatasetSplit;
  readonly validationRows: number;
  readonly test: DatasetSplit;
  /** Augmented training images, where the augment section made some. */
  readonly augmented?: AugmentedImages;
}

/** `copies` augmented images for each training row before the validation rows, in the rows' order, cut as the rows are. */
export interface AugmentedImages {
  readonly copies: number;
  readonly images: readonly Shard[];
}

/** The manifest (JSON artifact) of a feature table: one matrix per family and shard, in image order. */
export interface FeatureManifest {
  readonly kind: 'features';
  readonly families: Readonly<Record<string, FeatureFamilyShards>>;
}

/** One family's matrices (`.npy`, float32, [rows, columns]). */
export interface FeatureFamilyShards {
  readonly columns: readonly string[];
  readonly train: readonly Shard[];
  readonly test: readonly Shard[];
  /** Of the augmented images, where a model is fitted on them. */
  readonly augmented?: readonly Shard[];
}

export const SPLITS = ['train', 'test'] as const;
export type SplitName = (typeof SPLITS)[number];

/** What features are extracted of. */
export type FeatureHalf = SplitName | 'augmented';
