import { decodeForest } from '../trees/forest-bytes.js';
import { forestClassifier } from '../trees/forest-classifier.js';
import { fitTrees } from '../trees/fit-trees.js';
import { fitTreeInput, loadTreeInput } from '../trees/tree-input.js';
import type { TreeInputOptions } from '../trees/tree-input.js';
import { growTreeTask } from '../trees/tree-task.js';
import { checkTrainingData } from './check-training-data.js';
import type { ModelKind } from './model.js';
import { NO_PROJECTION } from './projection.js';

/** The options of bagged trees. */
export interface BaggingOptions extends TreeInputOptions {
  /** @default 20 */
  readonly trees: number;
  /** @default 'gini' */
  readonly criterion: 'gini' | 'entropy';
  /** 0 sets no bound. @default 0 */
  readonly maxDepth: number;
  /** Rows, as often as they were drawn, on either side of a split. @default 1 */
  readonly minLeafRows: number;
  /** Rows drawn with replacement for each tree, as a part of all. @default 1 */
  readonly sampleFraction: number;
  /** Columns that each tree may use: 0 is the square root of all, below 1 a part, else a number. @default 0.1 */
  readonly columnsPerTree: number;
  /** Bins a column, at most 255. @default 255 */
  readonly bins: number;
  /** The result does not depend on it. @default 2 */
  readonly threads: number;
}

/**
 * Bagging (Breiman 1996) of whole trees: each is grown on a bootstrap sample of the rows and on columns of its own (random subspaces,
 * Ho 1998), and looks at all of those for every split. A class that is missing from training gets a low probability.
 */
export const model: ModelKind<BaggingOptions> = {
  name: 'bagging',
  defaults: { trees: 20, criterion: 'gini', maxDepth: 0, minLeafRows: 1, sampleFraction: 1, columnsPerTree: 0.1, bins: 255, threads: 2, ...NO_PROJECTION, keepColumns: false },
  taskRunner: growTreeTask,

  async fit(train, validation, options, context) {
    checkTrainingData(train, validation);
    context.signal.throwIfAborted();
    const { trees, criterion, maxDepth, minLeafRows, sampleFraction, columnsPerTree, bins, threads } = options;
    const input = await fitTreeInput(train, options, context);
    const grow = { trees, criterion, maxDepth, minLeaf: minLeafRows, sampleFraction, columnsPerTree, bins, threads, thresholds: 'best', minImpurityDecrease: 0, columnsPerSplit: input.width } as const;
    const { packed, details } = await fitTrees(train, input, grow, growTreeTask, context);
    context.progress({ fraction: 1, note: `${trees} trees` });
    return forestClassifier('bag of trees', packed, input, undefined, details);
  },

  async load(bytes) {
    const { packed, arrays } = decodeForest(bytes, 'bag of trees');
    return forestClassifier('bag of trees', packed, loadTreeInput(arrays, packed.width), undefined, {});
  },
};
