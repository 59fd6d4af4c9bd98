import { decodeForest } from '../trees/forest-bytes.js';
import { forestClassifier } from '../trees/forest-classifier.js';
import { fitTrees } from '../trees/fit-trees.js';
import { fitTreeInput, loadTreeInput } from '../trees/tree-input.js';
import type { TreeInputOptions } from '../trees/tree-input.js';
import { growTreeTask } from '../trees/tree-task.js';
import { checkTrainingData } from './check-training-data.js';
import type { ModelKind } from './model.js';
import { NO_PROJECTION } from './projection.js';

/** The options of a decision tree. */
export interface DecisionTreeOptions extends TreeInputOptions {
  /** @default 'gini' */
  readonly criterion: 'gini' | 'entropy';
  /** 0 sets no bound. @default 0 */
  readonly maxDepth: number;
  /** Rows on either side of a split. @default 5 */
  readonly minLeafRows: number;
  /** A node is split only where that lowers the impurity by so much, times the part of the rows that reach it. @default 0 */
  readonly minImpurityDecrease: number;
  /** Bins a column, at most 255. @default 255 */
  readonly bins: number;
}

/**
 * A classification tree (Breiman, Friedman, Olshen, Stone 1984). Linear discriminants as its columns let it cut along the directions
 * that tell the classes apart, which single columns seldom do. A class that is missing from training gets a low probability.
 */
export const model: ModelKind<DecisionTreeOptions> = {
  name: 'decision-tree',
  defaults: { criterion: 'gini', maxDepth: 0, minLeafRows: 5, minImpurityDecrease: 0, bins: 255, ...NO_PROJECTION, keepColumns: false },
  taskRunner: growTreeTask,

  async fit(train, validation, options, context) {
    checkTrainingData(train, validation);
    context.signal.throwIfAborted();
    const { criterion, maxDepth, minLeafRows, minImpurityDecrease, bins } = options;
    const input = await fitTreeInput(train, options, context);
    const all = input.width;
    const grow = { criterion, maxDepth, minLeaf: minLeafRows, minImpurityDecrease, bins, thresholds: 'best', trees: 1, threads: 1, sampleFraction: 0, columnsPerSplit: all, columnsPerTree: all } as const;
    const { packed, details } = await fitTrees(train, input, grow, growTreeTask, context);
    context.progress({ fraction: 1, note: 'grown' });
    return forestClassifier('decision tree', packed, input, undefined, details);
  },

  async load(bytes) {
    const { packed, arrays } = decodeForest(bytes, 'decision tree');
    return forestClassifier('decision tree', packed, loadTreeInput(arrays, packed.width), undefined, {});
  },
};
