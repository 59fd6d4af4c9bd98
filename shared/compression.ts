import type { JsonObject } from './json.js';

/** What a network can be quantised to after its training: 8 bits throughout, weights of 8 bits alone, constants in half precision. */
export const POST_TRAINING_FORMS = ['int8', 'dynamic', 'float16'] as const;
export type PostTrainingForm = (typeof POST_TRAINING_FORMS)[number];

/** A network that is quantised after its training: to int8 where its name stands alone. Each form is reported as `<model>-<form>`. */
export type QuantisedModel = string | { readonly model: string; readonly forms: readonly PostTrainingForm[] };

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
  /** Rate of the network's dropout layers from now on. */
  readonly dropout?: number;
  /** Of each stage that does not say otherwise. */
  readonly epochs: number;
  /** How it is trained where that differs from `COMPRESSION_RECIPE` and from how its model sees images. */
  readonly recipe?: JsonObject;
}

/** What a variant can do to a network, in order. */
export const VARIANT_STAGES = ['channels', 'prune', 'cluster', 'quantize'] as const;

/** Variants by the names under which they are reported. */
export type VariantConfigs = Readonly<Record<string, VariantConfig>>;

/** Classical models that are made smaller; each is reported as `<name>-small`. */
export interface ClassicalCompressionConfig {
  readonly models: readonly string[];
  /** Part of the judging validation rows by which a smaller form may be less accurate. */
  readonly mostLost: number;
}

/** Kinds of models that have smaller forms (`shrinkClassical` in ml). */
export const SHRINKABLE_KINDS = ['svm', 'decision-tree', 'random-forest', 'extra-trees', 'bagging', 'xgboost'] as const;

/** What a variant must fulfil beside its model, on the validation rows. */
export interface CompressionGateConfig {
  /** A variant that is less accurate fails where the paired test gives a smaller p. */
  readonly alpha: number;
  /** Accuracy that it may lose, whatever the test says. */
  readonly mostLost?: number;
  readonly maxBytes?: number;
  /** Median of single images. */
  readonly maxMilliseconds?: number;
}

/** What the gate says of one variant. */
export interface GatedVariant {
  readonly name: string;
  readonly of: string;
  readonly passed: boolean;
  /** The smallest of its model that passed. */
  readonly chosen: boolean;
  /** Why it failed. */
  readonly reasons: readonly string[];
  /** Of the file that is shipped, and of its model. */
  readonly bytes: number;
  readonly bytesBefore: number;
  /** Median of single images, where it was timed. */
  readonly milliseconds?: number;
  readonly validationAccuracy: number;
  readonly validationAccuracyBefore: number;
  /** Validation rows that one of the two gets right and the other does not, and the exact McNemar test of them. */
  readonly onlyModelRight: number;
  readonly onlyVariantRight: number;
  readonly pValue: number;
}

/** What the gate says of all variants of a run, with the settings by which it did. */
export interface CompressionGate {
  readonly kind: 'compression-gate';
  readonly gate: CompressionGateConfig;
  readonly variants: readonly GatedVariant[];
}

/** A grid of plans for one network, tried in a cheap first pass; what no other one beats is trained in full. */
export interface CompressionSearchConfig {
  /** A network of the run. */
  readonly of: string;
  /** By what is varied; 1 keeps all channels, 0 prunes and shares nothing. @default not varied, and left out */
  readonly grid: {
    readonly keep?: readonly number[];
    readonly sparsity?: readonly number[];
    readonly clusters?: readonly number[];
    /** Bits of weights, with activations of 8; 32 leaves both in float. */
    readonly weights?: readonly (32 | 8 | 4 | 3 | 2 | 1)[];
  };
  /** Plans at most: of a larger grid so many, evenly spread. */
  readonly budget: number;
  /** Of each stage, in the first pass and in full. */
  readonly epochs: { readonly first: number; readonly full: number };
  readonly distil?: VariantConfig['distil'];
  readonly recipe?: JsonObject;
}

/** What one plan of a search came to: types, since interfaces are no JsonObject. */
export type SearchedPlan = {
  readonly name: string;
  /** Of the `.tflite` file. */
  readonly bytes: number;
  /** Of the kernels in their smallest coding, which alone shrinks by zeros and shared numbers. */
  readonly codedBytes: number;
  readonly multiplyAdds: number;
  readonly validationAccuracy: number;
};

/** What a search has found. */
export interface CompressionSearch {
  readonly kind: 'compression-search';
  readonly of: string;
  readonly epochs: CompressionSearchConfig['epochs'];
  /** Every plan after the first pass; `front`: no other is as small in both ways, as quick and as accurate, and better in one of them. */
  readonly first: readonly (SearchedPlan & { readonly front: boolean })[];
  /** Those of the front after as many epochs as it takes; empty before they were trained. */
  readonly full: readonly (SearchedPlan & { readonly front: boolean })[];
}
