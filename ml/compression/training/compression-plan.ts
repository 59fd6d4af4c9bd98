import type { WeightBits } from '../../graph/transforms/code-grid.js';
import type { Matrix } from '../../matrix.js';
import { RECIPE } from '../../training/recipe.js';
import type { Recipe } from '../../training/recipe.js';
import type { ChannelScore } from './channels/choose-channels.js';
import type { PruningScope } from './prune-by-magnitude.js';

/** Weights (and activations) on grids. */
export interface QuantizePlan {
  /** Of every kernel. With 8 bits the largest number of a channel gets the highest code, with fewer the step is learnt. */
  readonly weights: WeightBits;
  /** Of some layers' kernels, by the layer's name. */
  readonly layers?: Readonly<Record<string, WeightBits>>;
  /** Of the layers' outputs; without it they stay float32. */
  readonly activations?: 8 | 4;
  readonly epochs?: number;
}

/** Codes stay, what multiplies and shifts them is trained on, normalisation being folded. */
export interface SettlePlan {
  readonly epochs?: number;
  /** Peak of the schedule. @default that of the plan's recipe */
  readonly learningRate?: number;
}

/** Whole channels go, so that the network becomes smaller. */
export interface ChannelPlan {
  /** Part of each layer's channels that is left, in (0, 1]. */
  readonly keep: number;
  /** Instead, for these layers only, by name. @default every layer whose channels can be removed */
  readonly layers?: Readonly<Record<string, number>>;
  /** See `CHANNEL_SCORES`. @default 'filter' */
  readonly score?: ChannelScore;
  readonly epochs?: number;
}

/** Small numbers become 0 and stay so. */
export interface PrunePlan {
  /** Part of the kernels' numbers that are 0 in the end, in (0, 1). */
  readonly sparsity: number;
  /** What is compared: see `PRUNING_SCOPES`. @default 'lamp' */
  readonly scope?: PruningScope;
  /** Part of the stage's steps after which the sparsity is reached, in (0, 1]. @default 0.5 */
  readonly until?: number;
  /** Layers that are left whole, by name. @default none */
  readonly keep?: readonly string[];
  readonly epochs?: number;
}

/** Each kernel's numbers become few different ones. */
export interface ClusterPlan {
  /** Different numbers in a kernel, beside the 0 of what is pruned; 2 to 256. */
  readonly clusters: number;
  readonly epochs?: number;
}

/** A trained network is taught in every stage. */
export interface DistilPlan {
  /**
   * A network, as its save() wrote it, which takes images of the same size and answers for each image as it is augmented; or probabilities
   * [training rows, classes] of any model, which hold for an image however it is augmented, and become targets at the temperature.
   */
  readonly teacher: Uint8Array | Matrix<Float32Array>;
  /** The higher, the more the teacher's second choices count; at least 1. @default 1 */
  readonly temperature?: number;
  /** Of the loss, in (0, 1]; the labels have the rest. @default 0.5 */
  readonly share?: number;
}

/** What is done to a trained network, in this order, each followed by training of its own. */
export interface CompressionPlan {
  readonly channels?: ChannelPlan;
  readonly prune?: PrunePlan;
  readonly cluster?: ClusterPlan;
  readonly quantize?: QuantizePlan;
  /** After `quantize` only. */
  readonly settle?: SettlePlan;
  readonly distil?: DistilPlan;
  /**
   * Rate of the network's dropout layers from now on, in [0, 1): one with fewer numbers needs less, by Han et al. 2015 the rate times the
   * root of the part that is left. @default as it was
   */
  readonly dropout?: number;
  /** Of each stage that does not say otherwise. */
  readonly epochs: number;
  /** Where the training differs from `COMPRESSION_RECIPE`. */
  readonly recipe?: Partial<Omit<Recipe, 'epochs'>>;
}

/** The usual recipe, with a lower learning rate: the network is trained already. */
export const COMPRESSION_RECIPE: Recipe = { ...RECIPE, learningRate: 0.001, warmUp: 0.1, weightDecay: 0 };
