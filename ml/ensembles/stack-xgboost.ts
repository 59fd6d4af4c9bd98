import { InvalidModelError } from '../../shared/errors.js';
import type { JsonObject } from '../../shared/json.js';
import { takeLabelledRows } from '../data/take-labelled-rows.js';
import type { Classifier } from '../models/model.js';
import { CLASSES } from '../models/model.js';
import { model as xgboost } from '../models/xgboost.js';
import { deriveSeed } from '../random.js';
import { checkAnswers, checkBases } from './check-bases.js';
import { readEnsemble, writeEnsemble } from './ensemble-bytes.js';
import type { Ensemble, EnsembleKind } from './ensemble.js';
import { logProbabilities } from './log-probabilities.js';
import { stratifiedFolds } from './stratified-folds.js';

/** The options of stacking with XGBoost; as those of the model. */
export interface StackXgboostOptions {
  /** At most; early stopping decides. @default 300 */
  readonly rounds: number;
  /** @default 2 */
  readonly maxDepth: number;
  /** @default 0.1 */
  readonly learningRate: number;
  /** @default 20 */
  readonly minChildWeight: number;
  /** @default 10 */
  readonly earlyStoppingRounds: number;
  /** Threads; the result depends on it. @default 1 */
  readonly threads: number;
}

const FILE = 'booster.ubj';
const STOPPING_PARTS = 10; // one row in ten says when to stop

/**
 * Stacking (Wolpert 1992) with shallow gradient-boosted trees on the logarithms of the bases' probabilities. One row in ten, of every class
 * alike, decides when to stop and is not fitted on.
 */
export const method: EnsembleKind<StackXgboostOptions> = {
  name: 'stack-xgboost',
  defaults: { rounds: 300, maxDepth: 2, learningRate: 0.1, minChildWeight: 20, earlyStoppingRounds: 10, threads: 1 },

  async fit(bases, labels, options, context) {
    checkBases(bases, labels);
    const all = { x: logProbabilities(bases), labels };
    const part = stratifiedFolds(labels, STOPPING_PARTS, deriveSeed(context.seed, 1));
    const rows = [...labels.keys()];
    const train = takeLabelledRows(all, rows.filter((row) => part[row] !== 0));
    const stopping = takeLabelledRows(all, rows.filter((row) => part[row] === 0));
    const settings = { ...xgboost.defaults, subsample: 0.8, colsample: 0.5, columns: 0, segmentRounds: options.rounds, ...options };
    const { seed, native, signal, progress } = context;
    return xgboostStack(bases.names, await xgboost.fit(train, stopping, settings as typeof xgboost.defaults, { seed, native, signal, progress }));
  },

  async load(bytes, native) {
    const { names, files } = readEnsemble(bytes, 'stack-xgboost');
    const booster = files[FILE];
    if (!booster) throw new InvalidModelError(`Not a stack-xgboost: it has no ${FILE}.`);
    const model = await xgboost.load(booster, native);
    if (model.columns === names.length * CLASSES) return xgboostStack(names, model);
    model.dispose();
    throw new InvalidModelError(`This stack-xgboost names ${names.length} bases, but its trees take ${model.columns} columns, expected ${names.length * CLASSES}.`);
  },
};

function xgboostStack(names: readonly string[], model: Classifier): Ensemble {
  const { rounds, bestRound } = model.details;
  return {
    method: 'stack-xgboost', names,
    parameters: model.parameters,
    runtime: model.runtime,
    details: { ...(rounds !== undefined && { rounds }), ...(bestRound !== undefined && { bestRound }) } as JsonObject,

    async predictProba(probabilities) {
      checkAnswers('stack-xgboost', names, probabilities);
      return model.predictProba(logProbabilities({ names, probabilities }));
    },

    async save() {
      return writeEnsemble('stack-xgboost', names, { [FILE]: await model.save() });
    },

    dispose() {
      model.dispose();
    },
  };
}
