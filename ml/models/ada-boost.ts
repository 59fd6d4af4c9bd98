import { InvalidModelError } from '../../shared/errors.js';
import { boostTrees } from '../trees/boost-trees.js';
import { fitSharpness } from '../trees/fit-sharpness.js';
import { binInput, columnCount } from '../trees/fit-trees.js';
import { decodeForest } from '../trees/forest-bytes.js';
import { forestClassifier } from '../trees/forest-classifier.js';
import { importanceOf } from '../trees/importance.js';
import { packForest } from '../trees/pack-forest.js';
import { fitTreeInput, loadTreeInput } from '../trees/tree-input.js';
import type { TreeInputOptions } from '../trees/tree-input.js';
import { checkTrainingData } from './check-training-data.js';
import type { ModelKind } from './model.js';
import { NO_PROJECTION } from './projection.js';
import { thinCurve } from './thin-curve.js';

/** The options of AdaBoost. */
export interface AdaBoostOptions extends TreeInputOptions {
  /** @default 200 */
  readonly trees: number;
  /** 1 are stumps. @default 8 */
  readonly maxDepth: number;
  /** @default 'gini' */
  readonly criterion: 'gini' | 'entropy';
  /** Factor on each tree's vote, and on how much the rows that it misses gain weight. @default 0.5 */
  readonly learningRate: number;
  /** Columns looked at for each split: 0 is the square root of all, below 1 a part, else a number. @default 0 */
  readonly columnsPerSplit: number;
  /** Bins a column, at most 255. @default 255 */
  readonly bins: number;
}

const KIND = 'AdaBoost model';

/**
 * AdaBoost for several classes (SAMME) on trees of some depth. Probabilities are the softmax of the vote shares, as sharp as the
 * validation rows ask for. A class that is missing from training gets a low probability.
 */
export const model: ModelKind<AdaBoostOptions> = {
  name: 'ada-boost',
  defaults: { trees: 200, maxDepth: 8, criterion: 'gini', learningRate: 0.5, columnsPerSplit: 0, bins: 255, ...NO_PROJECTION, keepColumns: false },

  async fit(train, validation, options, context) {
    checkTrainingData(train, validation);
    context.signal.throwIfAborted();
    const input = await fitTreeInput(train, options, context);
    const data = binInput(train.x, input, options.bins, context);
    const { criterion, maxDepth } = options;
    const grow = { criterion, maxDepth, thresholds: 'best', minLeaf: 1, minImpurityDecrease: 0, columnsPerSplit: columnCount(options.columnsPerSplit, data.columns) } as const;
    const { trees, weights, errors } = await boostTrees(data, train.labels, options.trees, options.learningRate, grow, context);
    const packed = packForest(trees, weights, data);
    const sharpness = fitSharpness(await forestClassifier(KIND, packed, input, undefined, {}).predictProba(validation.x), validation.labels);
    context.progress({ fraction: 1, note: `${trees.length} trees` });
    return forestClassifier(KIND, packed, input, sharpness, { curves: { weightedError: thinCurve(errors, 30) }, ...importanceOf(trees, data.columns, input.kept) });
  },

  async load(bytes) {
    const { packed, arrays } = decodeForest(bytes, KIND);
    const sharpness = arrays['sharpness']?.data;
    if (!(sharpness instanceof Float64Array) || sharpness.length !== 1) throw new InvalidModelError(`Not an ${KIND}: expected one sharpness as f8.`);
    return forestClassifier(KIND, packed, loadTreeInput(arrays, packed.width), sharpness[0], {});
  },
};
