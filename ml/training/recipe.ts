import { InvalidConfigError } from '../../shared/errors.js';
import type { JsonObject } from '../../shared/json.js';
import { parsePipelineDocument } from '../augment/pipeline-document.js';
import type { BatchContents } from './batch-plan.js';
import type { OptimiserOptions } from './optimiser-options.js';
import { SCHEDULE_KINDS } from './schedule.js';
import type { ScheduleKind } from './schedule.js';
import type { WeightAveraging } from './weight-averaging.js';

/** How a network is trained: the same words for every network. */
export interface Recipe {
  /** Passes over the training rows. */
  readonly epochs: number;
  readonly batchSize: number;
  readonly optimiser: 'adamw' | 'adam' | 'sgd';
  /** Of `sgd`, Nesterov's, in [0, 1). */
  readonly momentum: number;
  /** Peak of the schedule. */
  readonly learningRate: number;
  readonly schedule: ScheduleKind;
  /** Part of the steps in which the learning rate rises, in [0, 1). */
  readonly warmUp: number;
  /** Decay of kernels: decoupled and relative to the learning rate; of `adam` in the gradient. */
  readonly weightDecay: number;
  /** Gradients are scaled down to this global norm; 0 leaves them. */
  readonly clipNorm: number;
  /** Part of each target spread over all classes, in [0, 1). */
  readonly labelSmoothing: number;
  /** Alpha of mixup; 0 is off. */
  readonly mixup: number;
  /** Alpha of cutmix; 0 is off. */
  readonly cutmix: number;
  /** Whether the weights that answer are an average over steps. */
  readonly averaging: 'none' | 'ema' | 'swa';
  /** Of `ema`, in [0, 1). */
  readonly averageDecay: number;
  /** Of `swa`: the part of the epochs before the first in the mean, in [0, 1). */
  readonly averageFrom: number;
  /** What is done to the training images, anew in every epoch: nothing, shifts by `maxShift`, or an augmentation pipeline (a PipelineDocument given inline). */
  readonly augment: 'none' | 'shift' | JsonObject;
  /** For `augment: 'shift'`: images are moved by up to this many pixels in both directions. */
  readonly maxShift: number;
  /** Epochs without a better validation score before the training ends; 0 never ends early. */
  readonly patience: number;
  /** Places of an image whose probabilities are averaged when the network answers, see `offsetsOf`: 1, 5 or 9. */
  readonly testTimeAugmentation: number;
  /** What products and maps are computed in. */
  readonly precision: 'float32' | 'bfloat16';
  /** Train as one TensorFlow graph, or by TensorFlow.js operation by operation. */
  readonly engine: 'graph' | 'eager';
  /** Epochs between two checkpoints; may be a fraction. */
  readonly segmentEpochs: number;
  /** Steps between two checkpoints; 0 leaves it to `segmentEpochs`. */
  readonly segmentSteps: number;
  /** Threads of TensorFlow, one process a training; the result depends on it. */
  readonly threads: number;
}

/** What a network's file changes where it has reason to. */
export const RECIPE: Recipe = {
  epochs: 8, batchSize: 128, optimiser: 'adamw', momentum: 0.9, learningRate: 0.003, schedule: 'one-cycle', warmUp: 0.2, weightDecay: 0.02, clipNorm: 0,
  labelSmoothing: 0, mixup: 0, cutmix: 0, averaging: 'none', averageDecay: 0.999, averageFrom: 0.75, augment: 'shift', maxShift: 2, patience: 0,
  testTimeAugmentation: 1, precision: 'float32', engine: 'graph', segmentEpochs: 0.5, segmentSteps: 0, threads: 1,
};

type Rule = readonly [names: readonly (keyof Recipe)[], what: string, holds: (value: never) => boolean];

const among = (...words: readonly unknown[]) => (value: unknown): boolean => words.includes(value);
const RULES: readonly Rule[] = [
  [['epochs', 'batchSize', 'threads'], 'a whole number of at least 1', (value: number) => Number.isInteger(value) && value >= 1],
  [['maxShift', 'patience', 'segmentSteps'], 'a whole number of at least 0', (value: number) => Number.isInteger(value) && value >= 0],
  [['learningRate', 'segmentEpochs'], 'a number above 0', (value: number) => value > 0],
  [['weightDecay', 'clipNorm', 'mixup', 'cutmix'], 'a number of at least 0', (value: number) => value >= 0],
  [['warmUp', 'labelSmoothing', 'momentum', 'averageDecay', 'averageFrom'], 'in [0, 1)', (value: number) => value >= 0 && value < 1],
  [['optimiser'], "'adamw', 'adam' or 'sgd'", among('adamw', 'adam', 'sgd')],
  [['schedule'], `one of ${SCHEDULE_KINDS.map((kind) => `'${kind}'`).join(', ')}`, among(...SCHEDULE_KINDS)],
  [['averaging'], "'none', 'ema' or 'swa'", among('none', 'ema', 'swa')],
  [['testTimeAugmentation'], '1, 5 or 9', among(1, 5, 9)],
  [['precision'], "'float32' or 'bfloat16'", among('float32', 'bfloat16')],
  [['engine'], "'graph' or 'eager'", among('graph', 'eager')],
  [['augment'], "'none', 'shift' or an augmentation pipeline (docs/augmentation.md)", (value: unknown) => value === 'none' || value === 'shift' || (typeof value === 'object' && value !== null)],
];

/** What cannot be used, what it was and what it may be; empty when nothing is wrong. */
export function recipeProblems(recipe: Recipe): string[] {
  const problems = RULES.flatMap(([names, what, holds]) =>
    names.filter((name) => !holds(recipe[name] as never)).map((name) => `${name} is ${JSON.stringify(recipe[name])}: expected ${what}`));
  if (recipe.engine === 'eager' && recipe.precision !== 'float32') problems.push('precision is "bfloat16": the eager engine computes in float32 only');
  return problems;
}

/** @throws InvalidConfigError naming every option that cannot be used. */
export function checkRecipe(kind: string, recipe: Recipe, more: readonly string[] = []): void {
  const problems = [...recipeProblems(recipe), ...more];
  if (problems.length > 0) throw new InvalidConfigError(`${kind}: ${problems.join('; ')}.`);
  batchesOf(recipe, 1, 1);
}

/**
 * What a recipe's batches hold, in the trainer's words.
 * @throws InvalidConfigError when the augmentation pipeline cannot be used.
 */
export function batchesOf({ augment, maxShift, labelSmoothing, mixup, cutmix }: Recipe, side: number, classes: number): BatchContents {
  return {
    side, classes, labelSmoothing, mixup, cutmix,
    maxShift: augment === 'shift' ? maxShift : 0,
    pipeline: typeof augment === 'string' ? null : parsePipelineDocument(augment),
  };
}

/** A recipe's optimiser. */
export function optimiserOf({ optimiser, momentum, weightDecay }: Recipe): OptimiserOptions {
  return optimiser === 'sgd'
    ? { kind: 'sgd', momentum, nesterov: momentum > 0, weightDecay }
    : { kind: optimiser, beta1: 0.9, beta2: 0.999, epsilon: 1e-7, weightDecay };
}

/** A recipe's averaging of weights. */
export function averagingOf({ averaging, averageDecay, averageFrom }: Recipe): WeightAveraging {
  if (averaging === 'ema') return { kind: 'ema', decay: averageDecay };
  return averaging === 'swa' ? { kind: 'swa', from: averageFrom } : { kind: 'none' };
}
