import type { ArtifactRef } from './artifact.js';
import type { GateThresholds } from './analysis/gate.js';
import type { CalibrationConfig } from './calibration.js';
import type { ClassicalCompressionConfig, CompressionGateConfig, CompressionSearchConfig, QuantisedModel, VariantConfigs } from './compression.js';
import type { EnsembleMethod } from './ensemble-methods.js';
import type { ExplainConfig } from './explanation.js';
import type { ExportConfig } from './exports.js';
import type { FamilyName } from './family-names.js';
import type { JsonObject } from './json.js';
import type { ModelName } from './model-names.js';

/** Presets, smallest first. */
export const PRESETS = ['smoke', 'default', 'full'] as const;
export type PresetName = (typeof PRESETS)[number];

/** The sections of a run that exist, in order. */
export const SECTIONS = ['ingest', 'analyse', 'augment', 'features', 'train', 'ensemble', 'compress', 'export', 'evaluate', 'report'] as const;
export type SectionName = (typeof SECTIONS)[number];

/** One model of a run, by the name under which it is reported. */
export interface ModelConfig {
  readonly kind: ModelName;
  /** `pixels`, `deskewed` (pixels made upright), or the feature families that are joined side by side. */
  readonly input: 'pixels' | 'deskewed' | readonly FamilyName[];
  /** Hyper-parameters: those of the model kind's options; absent ones take the kind's defaults. */
  readonly params: JsonObject;
  /** `gpu` asks the train-gpu queue first and falls back to train-cpu when no worker takes it in time. */
  readonly device: 'cpu' | 'gpu';
  /** `expanded`: fitted on the augmented shards as well (`augment.copies`). */
  readonly rows: 'original' | 'expanded';
  /** How often it is fitted, each time with another seed (docs/seeds.md). @default 1 */
  readonly seeds?: number;
  /** Of a network: a zip of a saved tf.layers model with weights to begin with. A path in a file of settings; where the store has it once a client has put it there. */
  readonly initialWeights?: string | ArtifactRef;
  /** Where the hyper-parameters come from, for people; no figure depends on it. */
  readonly origin?: ModelOrigin;
}

/** The search that found a model's hyper-parameters. */
export interface ModelOrigin {
  readonly search: string;
  /** The digest of the search's record. */
  readonly digest: string;
}

/** A picture of many images as points of the plane. */
export interface MapConfig {
  readonly method: 'tsne' | 'umap';
  /** `pixels`, or the name of a model of kind cnn whose last hidden layer is shown. */
  readonly of: string;
  /** Images shown, drawn at random: training images for pixels, validation images for a network. */
  readonly images: number;
}

/** What is learnt of the data before, beside and after the models. Nothing of it changes a model. */
export interface AnalyseConfig {
  readonly enabled: boolean;
  /** What the data must fulfil, or the run fails right after ingest. */
  readonly gate: GateThresholds;
  /** Nearest neighbours of each image, for duplicates and class confusion; 0 leaves both out. */
  readonly neighbours: number;
  /** Numbers of k-means clusters; none leaves clustering out. */
  readonly clusters: readonly number[];
  /** Part of the pixels' variance that the principal components keep; 0 leaves PCA and LDA out. */
  readonly variance: number;
  /** Feature columns chosen by mutual information without redundancy; 0 leaves the feature report out. */
  readonly selectedColumns: number;
  readonly maps: Readonly<Record<string, MapConfig>>;
  /** Confident learning: `model`, with `params` over its own, is fitted anew once a fold; 0 folds leave it and the audit of the test labels out. */
  readonly labelErrors: { readonly model: string; readonly folds: number; readonly params: JsonObject };
}

/** New images made from the training images. */
export interface AugmentConfig {
  readonly enabled: boolean;
  /** The pipeline (PipelineDocument, version 1): what is expanded, and what networks with `augment: "section"` see. */
  readonly document: JsonObject;
  /** Augmented images for each one that models are fitted on, kept as shards; 0 makes none. */
  readonly copies: number;
  /** Absent in the settings of runs that began before there was such a comparison. */
  readonly impact?: AugmentationImpactConfig;
}

/** What augmentation is worth: one network trained with and without, judged on validation rows. It changes no model of the run. */
export interface AugmentationImpactConfig {
  readonly enabled: boolean;
  /** What is trained, on pixels; `params` without `augment`, which is varied. */
  readonly model: Pick<ModelConfig, 'kind' | 'params' | 'device'>;
  /** Kinds of augmentation that are tried alone. */
  readonly kinds: readonly string[];
  /** Copies of each image by which the section's pipeline is tried as expanded rows, beside as long a training with and without it; 0 leaves these three out. */
  readonly copies: number;
  readonly seeds: number;
}

/** How models are combined. */
export interface EnsembleConfig {
  readonly enabled: boolean;
  /** Fitted on the validation rows, each on all models. */
  readonly methods: readonly EnsembleMethod[];
  /**
   * Fitted on out-of-fold probabilities of all training rows, on `models`, each of which is fitted anew once a fold; reported as
   * `<method>-oof`. No methods: no folds.
   */
  readonly outOfFold: { readonly methods: readonly EnsembleMethod[]; readonly models: readonly string[]; readonly folds: number };
  /** Of a model with several seeds: whether all of its fits take part, or the first alone. @default 'all' */
  readonly seeds?: 'all' | 'first';
  /** What is reported as `ensemble`: `best` (the lowest log-loss on the validation rows), or the name of one of them. */
  readonly headline: string;
  /** Options over the methods' defaults. */
  readonly params: Readonly<Partial<Record<EnsembleMethod, JsonObject>>>;
}

/** A run's settings (`pipeline_config.json`), complete: presets and overrides are merged before a run starts. */
export interface PipelineConfig {
  readonly preset: PresetName;
  /** The one source of randomness. */
  readonly randomState: number;
  readonly ingest: {
    readonly enabled: boolean;
    /** Images in a shard. */
    readonly shardSize: number;
    /** Keep only the first rows of each half; 0 keeps all. */
    readonly limit: { readonly train: number; readonly test: number };
  };
  readonly analyse: AnalyseConfig;
  readonly augment: AugmentConfig;
  readonly features: { readonly enabled: boolean; readonly families: readonly FamilyName[] };
  readonly train: { readonly enabled: boolean; readonly models: Readonly<Record<string, ModelConfig>> };
  readonly ensemble: EnsembleConfig;
  readonly compress: {
    readonly enabled: boolean;
    /** Networks to be quantised after their training. */
    readonly models: readonly QuantisedModel[];
    readonly calibrationImages: number;
    /** Networks compressed by training. @default {} */
    readonly variants?: VariantConfigs;
    /** Classical models made smaller. @default none */
    readonly classical?: ClassicalCompressionConfig;
    /** Plans for one network, of which the best become variants. @default none */
    readonly search?: CompressionSearchConfig;
    /** What variants must fulfil. Absent in the settings of runs that began before there was a gate. */
    readonly gate?: CompressionGateConfig;
  };
  /** Absent in the settings of runs that began before there was such a section. */
  readonly export?: ExportConfig;
  readonly evaluate: {
    readonly enabled: boolean;
    /** Single images timed for p50 and p99. */
    readonly latencyImages: number;
    /** Absent in the settings of runs that began before there was calibration. */
    readonly calibration?: CalibrationConfig;
    /** Pairs of models that are compared over their seeds. @default [] */
    readonly compare?: readonly (readonly [string, string])[];
    /** Absent in the settings of runs that began before there were explanations. */
    readonly explain?: ExplainConfig;
  };
  readonly report: { readonly enabled: boolean };
}

/** Whether a section is on; one that the settings do not know of is off. */
export function isSectionOn(config: PipelineConfig, name: SectionName): boolean {
  return config[name]?.enabled ?? false;
}
