import type { JsonObject } from './json.js';

/** Teacher of a variant: what the ensembles' folds say of the training rows. */
export const ENSEMBLE_TEACHER = 'ensemble';

/** A network of the run, compressed by training; the words are those of `CompressionPlan` in ml (docs/compression.md). */
export interface VariantConfig {
  /** A network of the run. */
  readonly of: string;
  /** Whole channels go. */
  readonly channels?: JsonObject;
  /** Small numbers become 0. */
  readonly prune?: JsonObject;
  /** Each kernel's numbers become few different ones. */
  readonly cluster?: JsonObject;
  /** Weights, and activations, on grids. */
  readonly quantize?: JsonObject;
  /** After quantisation: scales and biases are trained on. */
  readonly settle?: JsonObject;
  /** Taught in every stage by a model of the run, or by `ensemble`. */
  readonly distil?: { readonly teacher: string; readonly temperature?: number; readonly share?: number };
  /** Of each stage that does not say otherwise. */
  readonly epochs: number;
  /** How it is trained where that differs from `COMPRESSION_RECIPE` and from how its model sees images. */
  readonly recipe?: JsonObject;
}

/** What a variant can do to a network, in order. */
export const VARIANT_STAGES = ['channels', 'prune', 'cluster', 'quantize'] as const;

/** Variants by the names under which they are reported. */
export type VariantConfigs = Readonly<Record<string, VariantConfig>>;
