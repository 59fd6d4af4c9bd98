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
import { takeColumns } from './select-columns.js';
import { thinCurve } from './thin-curve.js';
import { treeNodes } from './tree-nodes.js';
import { readChosenColumns, writeChosenColumns } from './xgboost-chosen-columns.js';
import { gainsByClass } from './xgboost-class-gains.js';
import { importanceDetails } from './xgboost-importance.js';
import { parametersOf } from './xgboost-options.js';
import type { XgboostOptions } from './xgboost-options.js';
import { rankColumns } from './xgboost-ranking.js';
import { readCheckpoint, writeCheckpoint } from './xgboost-checkpoint.js';
import type { BoostingHistory, BoostingSegment } from './xgboost-checkpoint.js';

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
    earlyStoppingRounds: 10, columns: 0, threads: 1, segmentRounds: 50,
  },

  async fit(train, validation, options, context) {
    checkTrainingData(train, validation);
    context.signal.throwIfAborted();
    const library = loadXgboost(context.native.xgboost);
    const start: BoostingSegment = context.checkpoint ? readCheckpoint(context.checkpoint) : { history: { train: [], validation: [] } };
    const chosen = await chosenColumns(library, train, options, context, start);
    const trainMatrix = matrixOf(library, train, chosen, options.threads);
    const validationMatrix = validation.x.rows > 0 ? matrixOf(library, validation, chosen, options.threads) : undefined;
    const matrices = [trainMatrix, ...(validationMatrix ? [validationMatrix] : [])];
    try {
      const { booster, history } = await boost(library, trainMatrix, validationMatrix, options, context, { ...start, chosen });
      const best = bestRound(history, options.earlyStoppingRounds);
      const kept = booster.firstRounds(best);
      booster.dispose();
      if (chosen) writeChosenColumns(kept, { width: train.x.columns, columns: chosen });
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
      return classifier(library, booster, {});
    } catch (error) {
      booster.dispose();
      if (error instanceof NativeLibraryError) throw new InvalidModelError(`Not an XGBoost model: ${error.message}`, { cause: error });
      throw error;
    }
  },
};

const UBJSON_OBJECT = 0x7b;
const POINTS = 24; // of each curve: details stay small

/** Fits segment by segment; each begins from bytes, whether or not a checkpoint is what it begins from. */
async function boost(
  library: XgboostLibrary,
  train: XgboostMatrix,
  validation: XgboostMatrix | undefined,
  options: XgboostOptions,
  context: FitContext,
  start: BoostingSegment,
): Promise<{ booster: XgboostBooster; history: BoostingHistory }> {
  const { history, chosen } = start;
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
      await context.saveCheckpoint?.(writeCheckpoint({ state, history, chosen }));
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

/** The columns that the trees may use, best first; undefined stands for all. Ranked once: a checkpoint has them. */
async function chosenColumns(
  library: XgboostLibrary, train: LabelledMatrix, options: XgboostOptions, context: FitContext, start: BoostingSegment,
): Promise<readonly number[] | undefined> {
  if (options.columns === 0 || options.columns >= train.x.columns) return undefined;
  return start.chosen ?? rankColumns(library, train, options, context);
}

function matrixOf(library: XgboostLibrary, { x, labels }: LabelledMatrix, chosen: readonly number[] | undefined, threads: number): XgboostMatrix {
  const { rows, columns, data } = chosen ? takeColumns(x, chosen) : asFloats(x);
  return new XgboostMatrix(library, data, [rows, columns], labels, threads);
}

function classifier(library: XgboostLibrary, booster: XgboostBooster, details: JsonObject): Classifier {
  const chosen = readChosenColumns(booster);
  const { width, columns } = chosen ?? { width: booster.columns, columns: undefined };
  const bytes = booster.save();
  return {
    columns: width,
    parameters: treeNodes(bytes),
    runtime: `xgboost ${library.version}`,
    details: { ...details, ...(columns && { columnsUsed: columns.length }), ...importanceDetails(gainsByClass(bytes, booster.columns), columns) },

    async predictProba(x) {
      checkWidth('XGBoost model', x, width);
      const { data } = columns ? takeColumns(x, columns) : asFloats(x);
      const proba = x.rows === 0 ? new Float32Array(0) : booster.predict(data, [x.rows, booster.columns]);
      return { rows: x.rows, columns: CLASSES, data: proba };
    },

    async save() {
      return bytes;
    },

    dispose() {
      booster.dispose();
    },
  };
}
