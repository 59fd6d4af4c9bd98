import { decodeForest } from '../trees/forest-bytes.js';
import { forestClassifier } from '../trees/forest-classifier.js';
import { fitTrees } from '../trees/fit-trees.js';
import { plainInput } from '../trees/tree-input.js';
import { growTreeTask } from '../trees/tree-task.js';
import { checkTrainingData } from './check-training-data.js';
import type { ModelKind } from './model.js';

/** The options of a random forest. */
export interface RandomForestOptions {
  /** @default 200 */
  readonly trees: number;
  /** @default 'gini' */
  readonly criterion: 'gini' | 'entropy';
  /** 0 sets no bound. @default 0 */
  readonly maxDepth: number;
  /** Rows, as often as they were drawn, on either side of a split. @default 1 */
  readonly minLeafRows: number;
  /** Columns looked at for each split: 0 is the square root of all, below 1 a part, else a number. @default 0 */
  readonly columnsPerSplit: number;
  /** Rows drawn with replacement for each tree, as a part of all; 0 takes every row once. @default 1 */
  readonly sampleFraction: number;
  /** Bins a column, at most 255. @default 255 */
  readonly bins: number;
  /** The result does not depend on it. @default 2 */
  readonly threads: number;
}

/**
 * A random forest (Breiman 2001): trees on bootstrap samples, each split the best of a few columns drawn at random; probabilities are the mean of the leaves'.
 * A class that is missing from training gets a low probability.
 */
export const model: ModelKind<RandomForestOptions> = {
  name: 'random-forest',
  defaults: { trees: 200, criterion: 'gini', maxDepth: 0, minLeafRows: 1, columnsPerSplit: 0, sampleFraction: 1, bins: 255, threads: 2 },
  taskRunner: growTreeTask,

  async fit(train, validation, { minLeafRows, ...options }, context) {
    checkTrainingData(train, validation);
    context.signal.throwIfAborted();
    const input = plainInput(train.x.columns);
    const grow = { ...options, minLeaf: minLeafRows, thresholds: 'best', minImpurityDecrease: 0, columnsPerTree: train.x.columns } as const;
    const { packed, details } = await fitTrees(train, input, grow, growTreeTask, context);
    context.progress({ fraction: 1, note: `${options.trees} trees` });
    return forestClassifier('random forest', packed, input, undefined, details);
  },

  async load(bytes) {
    const { packed } = decodeForest(bytes, 'random forest');
    return forestClassifier('random forest', packed, plainInput(packed.width), undefined, {});
  },
};
