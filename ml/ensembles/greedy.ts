import { InvalidConfigError } from '../../shared/errors.js';
import { createRandom } from '../random.js';
import { checkBases } from './check-bases.js';
import type { EnsembleKind } from './ensemble.js';
import { errorScore, logLossScore } from './greedy-score.js';
import { selectGreedily } from './greedy-selection.js';
import { loadMeanVote, meanVote } from './mean-vote.js';
import { messagesPass } from './messages-pass.js';

/** The options of greedy ensemble selection. */
export interface GreedyOptions {
  /** `logLoss`, or `accuracy`, which is coarser. @default 'logLoss' */
  readonly metric: string;
  /** Selections of one bag at most. @default 40 */
  readonly picks: number;
  /** At most so many of the best bases begin a selection. @default 5 */
  readonly start: number;
  /** Selections, each from a random part of the bases, whose counts are averaged; one where a bag holds them all. @default 20 */
  readonly bags: number;
  /** Part of the bases in a bag. @default 0.5 */
  readonly bagFraction: number;
  /** Bases in a bag at least: of few bases a half would miss what they have together. @default 6 */
  readonly leastInBag: number;
}

/**
 * Greedy ensemble selection from a library of models (Caruana et al. 2004): with replacement, sorted initialisation and bagging of models.
 * The counts of the selections are the weights of a mean of probabilities.
 */
export const method: EnsembleKind<GreedyOptions> = {
  name: 'greedy',
  defaults: { metric: 'logLoss', picks: 40, start: 5, bags: 20, bagFraction: 0.5, leastInBag: 6 },

  async fit(bases, labels, options, context) {
    checkBases(bases, labels);
    check(options);
    const count = bases.names.length;
    const size = Math.min(count, Math.max(options.leastInBag, Math.ceil(options.bagFraction * count)));
    const bags = size === count ? 1 : options.bags;
    const newScore = (options.metric === 'accuracy' ? errorScore : logLossScore)(bases, labels);
    const random = createRandom(context.seed);
    const weights = new Float64Array(count);
    for (let done = 0; done < bags; done++) {
      await messagesPass(context, { fraction: done / bags, note: `bag ${done + 1}/${bags}` });
      const bag = [...random.shuffle(Uint32Array.from({ length: count }, (_, b) => b)).subarray(0, size)].sort((a, b) => a - b);
      const { counts } = selectGreedily(newScore(), { bag, picks: options.picks, start: options.start });
      const total = counts.reduce((sum, picked) => sum + picked, 0);
      for (const [i, base] of bag.entries()) weights[base] += counts[i] / total / bags;
    }
    context.progress({ fraction: 1 });
    return meanVote('greedy', bases.names, weights, count, { bags, basesInBag: size, metric: options.metric });
  },

  load: async (bytes) => loadMeanVote('greedy', bytes),
};

function check({ metric, picks, start, bags, bagFraction, leastInBag }: GreedyOptions): void {
  if (metric !== 'logLoss' && metric !== 'accuracy') throw new InvalidConfigError(`Greedy selection: metric is ${JSON.stringify(metric)}, expected "logLoss" or "accuracy".`);
  for (const [name, value] of Object.entries({ picks, start, bags, leastInBag })) {
    if (!Number.isInteger(value) || value < 1) throw new InvalidConfigError(`Greedy selection: ${name} is ${value}, expected a whole number of at least 1.`);
  }
  if (!(bagFraction > 0 && bagFraction <= 1)) throw new InvalidConfigError(`Greedy selection: bagFraction is ${bagFraction}, expected a number above 0, at most 1.`);
}
