import { checkBases } from './check-bases.js';
import type { EnsembleKind } from './ensemble.js';
import { loadMeanVote, meanVote } from './mean-vote.js';

/** Soft voting: the mean of the bases' probabilities, each as good as the other. Nothing is learnt. */
export const method: EnsembleKind<object> = {
  name: 'soft-vote',
  defaults: {},

  async fit(bases, labels, _, { progress, signal }) {
    checkBases(bases, labels);
    signal.throwIfAborted();
    progress({ fraction: 1 });
    return meanVote('soft-vote', bases.names, new Float64Array(bases.names.length).fill(1 / bases.names.length), 0);
  },

  load: async (bytes) => loadMeanVote('soft-vote', bytes),
};
