import { CLASSES } from './model.js';

/** The options of XGBoost, under its scikit-learn names in camel case. */
export interface XgboostOptions {
  /** Boosting rounds, of ten trees each. @default 150 */
  readonly rounds: number;
  /** @default 6 */
  readonly maxDepth: number;
  /** @default 0.2 */
  readonly learningRate: number;
  /** Fraction of the rows that each tree sees. @default 0.8 */
  readonly subsample: number;
  /** Fraction of the columns that each tree sees. @default 0.3 */
  readonly colsample: number;
  /** L2 on leaf weights. @default 1 */
  readonly lambda: number;
  /** Least sum of second derivatives in a leaf. @default 2 */
  readonly minChildWeight: number;
  /** Histogram bins a column. @default 64 */
  readonly maxBin: number;
  /** Stop after so many rounds without a better validation log-loss, and keep the best round; 0 never stops. @default 10 */
  readonly earlyStoppingRounds: number;
  /**
   * How many columns the trees may use; 0 takes all. A short boosted run on some of the fitting rows ranks them by their
   * splits' total gain; the model keeps which it uses, and still takes rows of the full width. @default 0
   */
  readonly columns: number;
  /** Threads; the result depends on it. @default 1 */
  readonly threads: number;
  /** Rounds between two checkpoints; the result depends on it when rows or columns are sampled. @default 50 */
  readonly segmentRounds: number;
}

/** The options as the library's own parameters. */
export function parametersOf(options: XgboostOptions, seed: number): Record<string, string | number | boolean> {
  return {
    objective: 'multi:softprob', num_class: CLASSES, eval_metric: 'mlogloss', tree_method: 'hist',
    max_depth: options.maxDepth, eta: options.learningRate, subsample: options.subsample, colsample_bytree: options.colsample,
    lambda: options.lambda, min_child_weight: options.minChildWeight, max_bin: options.maxBin, nthread: options.threads,
    seed: seed & 0x7fffffff, seed_per_iteration: true, verbosity: 0,
  };
}
