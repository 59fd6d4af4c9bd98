import { InvalidConfigError } from '../../shared/errors.js';
import type { JsonObject } from '../../shared/json.js';
import { parsePipelineDocument } from '../augment/pipeline-document.js';
import type { TrainerOptions } from '../training/trainer-options.js';

/** Hyper-parameters of the CNN. */
export interface CnnOptions {
  /** Passes over the training rows. */
  readonly epochs: number;
  readonly batchSize: number;
  /** Peak of the one-cycle schedule. */
  readonly learningRate: number;
  /** Part of the steps in which the learning rate rises. */
  readonly warmUp: number;
  /** Decoupled decay of kernels. */
  readonly weightDecay: number;
  /** Dropout before the last layer, in [0, 1). */
  readonly dropout: number;
  /** Part of each target spread over all classes, in [0, 1). */
  readonly labelSmoothing: number;
  /**
   * What is done to the training images, anew in every epoch: nothing, shifts by `maxShift`, or an augmentation pipeline
   * (a PipelineDocument given inline).
   */
  readonly augment: 'none' | 'shift' | JsonObject;
  /** For `augment: 'shift'`: images are moved by up to this many pixels in both directions. */
  readonly maxShift: number;
  /** Output channels of the convolutions (3 x 3, relu), by block; each block ends in a 2 x 2 max-pool. */
  readonly filters: readonly (readonly number[])[];
  /** Width of the hidden dense layer. */
  readonly hidden: number;
  /** Epochs without a better validation score before the training ends; 0 never ends early. */
  readonly patience: number;
  /** Epochs between two checkpoints; may be a fraction. */
  readonly segmentEpochs: number;
  /** Steps between two checkpoints; 0 leaves it to `segmentEpochs`. */
  readonly segmentSteps: number;
  /** Threads of TensorFlow, one process a training; read from the process's environment when the library loads. */
  readonly threads: number;
}

type Rule = readonly [name: Exclude<keyof CnnOptions, 'filters' | 'augment'>, what: string, holds: (value: number) => boolean];

const isCount = (value: number): boolean => Number.isInteger(value) && value >= 1;
const isCountOrZero = (value: number): boolean => Number.isInteger(value) && value >= 0;
const isFraction = (value: number): boolean => value >= 0 && value < 1;

const RULES: readonly Rule[] = [
  ['epochs', 'a whole number of at least 1', isCount],
  ['batchSize', 'a whole number of at least 1', isCount],
  ['learningRate', 'a number above 0', (value) => value > 0],
  ['warmUp', 'in [0, 1)', isFraction],
  ['weightDecay', 'a number of at least 0', (value) => value >= 0],
  ['dropout', 'in [0, 1)', isFraction],
  ['labelSmoothing', 'in [0, 1)', isFraction],
  ['maxShift', 'a whole number of at least 0', isCountOrZero],
  ['hidden', 'a whole number of at least 1', isCount],
  ['patience', 'a whole number of at least 0', isCountOrZero],
  ['segmentEpochs', 'a number above 0', (value) => value > 0],
  ['segmentSteps', 'a whole number of at least 0', isCountOrZero],
  ['threads', 'a whole number of at least 1', isCount],
];

/** @throws InvalidConfigError naming every option that cannot be used, what it was and what it may be. */
export function checkCnnOptions(options: CnnOptions): void {
  const problems = RULES.filter(([name, , holds]) => !holds(options[name])).map(
    ([name, what]) => `${name} is ${String(options[name])}: expected ${what}`,
  );
  const { filters, augment } = options;
  if (augment !== 'none' && augment !== 'shift' && (typeof augment !== 'object' || augment === null)) {
    problems.push(`augment is ${JSON.stringify(augment)}: expected 'none', 'shift' or an augmentation pipeline (docs/augmentation.md)`);
  }
  const isBlock = (block: unknown): boolean => Array.isArray(block) && block.length > 0 && block.every(isCount);
  if (!Array.isArray(filters) || filters.length === 0 || !filters.every(isBlock)) {
    problems.push(`filters is ${JSON.stringify(filters)}: expected lists of whole numbers of at least 1, one list a block, e.g. [[16],[32,64]]`);
  }
  if (problems.length > 0) throw new InvalidConfigError(`cnn: ${problems.join('; ')}.`);
  augmentationOf(options);
}

/**
 * What the options say is done to the images, in the trainer's words.
 * @throws InvalidConfigError when the pipeline cannot be used.
 */
export function augmentationOf({ augment, maxShift }: Pick<CnnOptions, 'augment' | 'maxShift'>): Pick<TrainerOptions, 'maxShift' | 'pipeline'> {
  if (augment === 'shift') return { maxShift };
  return augment === 'none' ? { maxShift: 0 } : { maxShift: 0, pipeline: parsePipelineDocument(augment) };
}
