import type { FamilyName } from './family-names.js';
import type { JsonObject } from './json.js';
import type { ModelName } from './model-names.js';

/** Presets, smallest first. */
export const PRESETS = ['smoke', 'default', 'full'] as const;
export type PresetName = (typeof PRESETS)[number];

/** The sections of a run that exist, in order. */
export const SECTIONS = ['ingest', 'features', 'train', 'ensemble', 'compress', 'evaluate', 'report'] as const;
export type SectionName = (typeof SECTIONS)[number];

/** One model of a run, by the name under which it is reported. */
export interface ModelConfig {
  readonly kind: ModelName;
  /** `pixels`, or the feature families that are joined side by side. */
  readonly input: 'pixels' | readonly FamilyName[];
  /** Hyper-parameters: those of the model kind's options; absent ones take the kind's defaults. */
  readonly params: JsonObject;
  /** `gpu` asks the train-gpu queue first and falls back to train-cpu when no worker takes it in time. */
  readonly device: 'cpu' | 'gpu';
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
  readonly features: { readonly enabled: boolean; readonly families: readonly FamilyName[] };
  readonly train: { readonly enabled: boolean; readonly models: Readonly<Record<string, ModelConfig>> };
  readonly ensemble: { readonly enabled: boolean; /** Inverse L2 strength of the meta-learner. */ readonly C: number };
  readonly compress: {
    readonly enabled: boolean;
    /** Names of models (kind cnn) to quantise. */
    readonly models: readonly string[];
    readonly calibrationImages: number;
  };
  readonly evaluate: { readonly enabled: boolean; /** Single images timed for p50 and p99. */ readonly latencyImages: number };
  readonly report: { readonly enabled: boolean };
}
