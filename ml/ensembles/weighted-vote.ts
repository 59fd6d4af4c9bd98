import { InvalidConfigError } from '../../shared/errors.js';
import { checkBases } from './check-bases.js';
import type { EnsembleKind } from './ensemble.js';
import { labelProbabilities } from './label-probabilities.js';
import { loadMeanVote, meanVote } from './mean-vote.js';
import { messagesPass } from './messages-pass.js';
import { simplexWeights } from './simplex-weights.js';

/** The options of soft voting with learnt weights. */
export interface WeightedVoteOptions {
  /** Stops when the mean log-loss can fall by no more than this, in nats. @default 1e-6 */
  readonly tolerance: number;
  /** @default 1000 */
  readonly maxIterations: number;
}

/** Soft voting with learnt weights: the mean of the bases' probabilities whose weights (not negative, sum 1) minimise the log-loss. */
export const method: EnsembleKind<WeightedVoteOptions> = {
  name: 'weighted-vote',
  defaults: { tolerance: 1e-6, maxIterations: 1000 },

  async fit(bases, labels, { tolerance, maxIterations }, context) {
    checkBases(bases, labels);
    if (!(tolerance > 0)) throw new InvalidConfigError(`The weighted vote's tolerance is ${tolerance}, expected a number above 0.`);
    const { weights, gap, iterations } = await simplexWeights(labelProbabilities(bases, labels), {
      tolerance, maxIterations,
      onIteration: (iteration, loss) => messagesPass(context, { fraction: iteration / maxIterations, note: `iteration ${iteration}`, metrics: { loss } }),
    });
    context.progress({ fraction: 1 });
    return meanVote('weighted-vote', bases.names, weights, weights.length - 1, { iterations, gap: Number(gap.toPrecision(3)) });
  },

  load: async (bytes) => loadMeanVote('weighted-vote', bytes),
};
