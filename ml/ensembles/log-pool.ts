import { checkAnswers, checkBases } from './check-bases.js';
import { numbersOf, readEnsemble, writeEnsemble } from './ensemble-bytes.js';
import type { Ensemble, EnsembleKind } from './ensemble.js';
import { logProbabilities } from './log-probabilities.js';
import { messagesPass } from './messages-pass.js';
import { CLASSES } from '../models/model.js';
import { fitPool, poolProbabilities } from './pooled-logits.js';
import type { PoolWeights } from './pooled-logits.js';
import { weightsByName } from './weights-by-name.js';

/** The options of the logarithmic opinion pool. */
export interface LogPoolOptions {
  /** Inverse L2 strength: how freely the weights leave equal votes. @default 1 */
  readonly C: number;
}

/**
 * Logarithmic opinion pool (Heskes 1998): stacked generalisation (Wolpert 1992) on the logarithms of the bases' probabilities with one
 * weight a base and one bias a class.
 */
export const method: EnsembleKind<LogPoolOptions> = {
  name: 'log-pool',
  defaults: { C: 1 },

  async fit(bases, labels, { C }, context) {
    checkBases(bases, labels);
    const weights = await fitPool(logProbabilities(bases), labels, C, (iteration, loss) =>
      messagesPass(context, { fraction: 1 - 1 / (iteration + 1), note: `iteration ${iteration}`, metrics: { loss } }));
    context.progress({ fraction: 1 });
    return logPool(bases.names, weights);
  },

  async load(bytes) {
    const saved = readEnsemble(bytes, 'log-pool');
    return logPool(saved.names, { bases: numbersOf(saved, 'weights', saved.names.length), bias: numbersOf(saved, 'bias', CLASSES) });
  },
};

function logPool(names: readonly string[], weights: PoolWeights): Ensemble {
  return {
    method: 'log-pool', names,
    parameters: weights.bases.length + weights.bias.length,
    runtime: 'typescript',
    details: { weights: weightsByName(names, weights.bases) },

    async predictProba(probabilities) {
      checkAnswers('log-pool', names, probabilities);
      return poolProbabilities(logProbabilities({ names, probabilities }), weights);
    },

    async save() {
      return writeEnsemble('log-pool', names, {
        weights: { data: weights.bases, shape: [weights.bases.length] },
        bias: { data: weights.bias, shape: [CLASSES] },
      });
    },

    dispose() {
      // everything is on the JavaScript heap
    },
  };
}
