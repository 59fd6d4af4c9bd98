import { XgboostBooster } from '../../native/xgboost-booster.js';
import { loadXgboost } from '../../native/xgboost-library.js';
import type { XgboostLibrary } from '../../native/xgboost-library.js';
import { XgboostMatrix } from '../../native/xgboost-matrix.js';
import { DivergedError, InvalidModelError, NativeLibraryError } from '../../shared/errors.js';
import type { JsonObject } from '../../shared/json.js';
import type { LabelledMatrix } from '../matrix.js';
import { deriveSeed } from '../random.js';
import { asFloats } from './as-floats.js';
import { checkTrainingData } from './check-training-data.js';
import { checkWidth } from './check-width.js';
import { CLASSES } from './model.js';
import type { Classifier, FitContext, ModelKind } from './model.js';
import { thinCurve } from './thin-curve.js';
import { treeNodes } from './tree-nodes.js';
import { readCheckpoint, writeCheckpoint } from './xgboost-checkpoint.js';
import type { BoostingHistory, BoostingSegment } from './xgboost-checkpoint.js';

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
  /** Threads; the result depends on it. @default 1 */
  readonly threads: number;
  /** Rounds between two checkpoints; the result depends on it when rows or columns are sampled. @default 50 */
  readonly segmentRounds: number;
}

/**
 * Gradient-boosted trees by XGBoost (Chen and Guestrin 2016), histogram method, softmax over ten classes: its C library, bound
 * in `native`. A fit is cut into segments that each begin from bytes (the library's column sampler keeps a state that it does not
 * save), so that an interrupted fit goes on to the same bytes.
 * A class that is missing from training gets a low probability.
 */
export const model: ModelKind<XgboostOptions> = {
  name: 'xgboost',
  defaults: {
    rounds: 150, maxDepth: 6, learningRate: 0.2, subsample: 0.8, colsample: 0.3, lambda: 1, minChildWeight: 2, maxBin: 64,
    earlyStoppingRounds: 10, threads: 1, segmentRounds: 50,
  },

  async fit(train, validation, options, context) {
    checkTrainingData(train, validation);
    context.signal.throwIfAborted();
    const library = loadXgboost(context.native.xgboost);
    const trainMatrix = matrixOf(library, train, options.threads);
    const validationMatrix = validation.x.rows > 0 ? matrixOf(library, validation, options.threads) : undefined;
    const matrices = [trainMatrix, ...(validationMatrix ? [validationMatrix] : [])];
    try {
      const { booster, history } = await boost(library, trainMatrix, validationMatrix, options, context);
      const best = bestRound(history, options.earlyStoppingRounds);
      const kept = booster.firstRounds(best);
      booster.dispose();
      context.progress({ fraction: 1, note: `best round ${best}` });
      return classifier(library, kept, {
        rounds: history.train.length, bestRound: best,
        curves: { trainLogLoss: thinCurve(history.train, POINTS), validationLogLoss: thinCurve(history.validation, POINTS) },
      });
    } finally {
      for (const matrix of matrices) matrix.dispose();
    }
  },

  async load(bytes, native) {
    const library = loadXgboost(native.xgboost);
    const booster = XgboostBooster.create(library, { nthread: 1 });
    try {
      if (bytes[0] !== UBJSON_OBJECT) throw new InvalidModelError('Not an XGBoost model: expected UBJSON, which begins with {.');
      booster.load(bytes);
    } catch (error) {
      booster.dispose();
      if (error instanceof NativeLibraryError) throw new InvalidModelError(`Not an XGBoost model: ${error.message}`, { cause: error });
      throw error;
    }
    return classifier(library, booster, {});
  },
};

const UBJSON_OBJECT = 0x7b;
const POINTS = 30; // of each curve: details stay small

/** Fits segment by segment; each begins from bytes, whether or not a checkpoint is what it begins from. */
async function boost(
  library: XgboostLibrary,
  train: XgboostMatrix,
  validation: XgboostMatrix | undefined,
  options: XgboostOptions,
  context: FitContext,
): Promise<{ booster: XgboostBooster; history: BoostingHistory }> {
  const start: BoostingSegment = context.checkpoint ? readCheckpoint(context.checkpoint) : { history: { train: [], validation: [] } };
  const { history } = start;
  let { state } = start;
  for (;;) {
    const booster = beginSegment(library, validation ? [train, validation] : [train], options, context.seed, history, state);
    try {
      const end = Math.min(options.rounds, history.train.length + options.segmentRounds);
      while (history.train.length < end && !stopped(history, options)) {
        context.signal.throwIfAborted();
        await boostOnce(booster, train, validation, history);
        report(history, options, context);
      }
      context.signal.throwIfAborted();
      if (history.train.length >= options.rounds || stopped(history, options)) return { booster, history };
      state = booster.serialize();
      await context.saveCheckpoint?.(writeCheckpoint(state, history));
    } catch (error) {
      booster.dispose();
      throw error;
    }
    booster.dispose();
  }
}

/** A booster with what was learnt so far; its random numbers depend on the seed and the round alone. */
function beginSegment(
  library: XgboostLibrary,
  cached: readonly XgboostMatrix[],
  options: XgboostOptions,
  seed: number,
  history: BoostingHistory,
  state: Uint8Array | undefined,
): XgboostBooster {
  const parameters = parametersOf(options, deriveSeed(seed, history.train.length));
  const booster = XgboostBooster.create(library, parameters, cached);
  if (state) {
    booster.unserialize(state);
    booster.setParameters(parameters);
  }
  return booster;
}

async function boostOnce(
  booster: XgboostBooster,
  train: XgboostMatrix,
  validation: XgboostMatrix | undefined,
  history: BoostingHistory,
): Promise<void> {
  const round = history.train.length;
  await booster.update(round, train);
  const loss = booster.evaluate(round, train)['mlogloss'] ?? Number.NaN;
  if (!Number.isFinite(loss)) {
    throw new DivergedError(`XGBoost: the training log-loss after round ${round + 1} is ${loss}: lower learningRate.`);
  }
  history.train.push(loss);
  if (validation) history.validation.push(booster.evaluate(round, validation)['mlogloss'] ?? Number.NaN);
}

function report({ train, validation }: BoostingHistory, { rounds }: XgboostOptions, context: FitContext): void {
  const validationLogLoss = validation.at(-1);
  context.progress({
    fraction: (train.length / rounds) * 0.99,
    note: `round ${train.length}/${rounds}`,
    metrics: { loss: train.at(-1) ?? 0, ...(validationLogLoss === undefined ? {} : { validationLogLoss }) },
  });
}

function bestRound({ train, validation }: BoostingHistory, earlyStoppingRounds: number): number {
  if (validation.length === 0 || earlyStoppingRounds === 0) return train.length;
  return validation.indexOf(Math.min(...validation)) + 1;
}

function stopped(history: BoostingHistory, { earlyStoppingRounds }: XgboostOptions): boolean {
  if (earlyStoppingRounds === 0 || history.validation.length === 0) return false;
  return history.validation.length - bestRound(history, earlyStoppingRounds) >= earlyStoppingRounds;
}

function matrixOf(library: XgboostLibrary, { x, labels }: LabelledMatrix, threads: number): XgboostMatrix {
  return new XgboostMatrix(library, asFloats(x).data, [x.rows, x.columns], labels, threads);
}

function parametersOf(options: XgboostOptions, seed: number): Record<string, string | number | boolean> {
  return {
    objective: 'multi:softprob', num_class: CLASSES, eval_metric: 'mlogloss', tree_method: 'hist',
    max_depth: options.maxDepth, eta: options.learningRate, subsample: options.subsample, colsample_bytree: options.colsample,
    lambda: options.lambda, min_child_weight: options.minChildWeight, max_bin: options.maxBin, nthread: options.threads,
    seed: seed & 0x7fffffff, seed_per_iteration: true, verbosity: 0,
  };
}

function classifier(library: XgboostLibrary, booster: XgboostBooster, details: JsonObject): Classifier {
  const { columns } = booster;
  const bytes = booster.save();
  return {
    columns,
    parameters: treeNodes(bytes),
    runtime: `xgboost ${library.version}`,
    details: { ...details, importance: mostImportant(booster) },

    async predictProba(x) {
      checkWidth('XGBoost model', x, columns);
      const data = x.rows === 0 ? new Float32Array(0) : booster.predict(asFloats(x).data, [x.rows, columns]);
      return { rows: x.rows, columns: CLASSES, data };
    },

    async save() {
      return bytes;
    },

    dispose() {
      booster.dispose();
    },
  };
}

/** The twenty columns whose splits gain most on average: [column, gain]. */
function mostImportant(booster: XgboostBooster): [number, number][] {
  return [...booster.featureScores('gain')]
    .sort(([a, gainA], [b, gainB]) => gainB - gainA || a - b)
    .slice(0, 20)
    .map(([column, gain]) => [column, Number(gain.toPrecision(5))]);
}
