import type { BaseContribution, Diversity } from '../../shared/analysis/diversity.js';
import { accuracy } from '../evaluation/accuracy.js';
import { argmaxRows } from '../evaluation/argmax-rows.js';
import { logLoss } from '../evaluation/log-loss.js';
import { checkBases } from './check-bases.js';
import { crossFit } from './cross-fit.js';
import { pairDiversity } from './diversity.js';
import type { Bases, EnsembleContext, EnsembleKind } from './ensemble.js';

/**
 * What the bases have in common, pair by pair, and what each adds: the ensemble's out-of-fold log-loss without it, against the one with all.
 * @param judge the ensemble that says so.
 * @throws InvalidDataError as `checkBases`; what the judge's `fit` throws.
 */
export async function analyseDiversity<O extends object>(
  bases: Bases, labels: Uint8Array, judge: EnsembleKind<O>, options: O, context: EnsembleContext,
): Promise<Diversity> {
  checkBases(bases, labels);
  const { names, probabilities } = bases;
  const predicted = probabilities.map(argmaxRows);
  const lossOf = async (of: Bases, done: number): Promise<number> => {
    const progress: EnsembleContext['progress'] = ({ fraction, note }) =>
      context.progress({ fraction: (done + fraction) / (names.length + 1), note: `${done}/${names.length} left out${note === undefined ? '' : `, ${note}`}` });
    return logLoss(await crossFit(judge, of, labels, options, { ...context, progress }), labels);
  };
  const together = await lossOf(bases, 0);
  const contributions: BaseContribution[] = [];
  for (const [i, name] of names.entries()) {
    const rest = { names: names.filter((_, j) => j !== i), probabilities: probabilities.filter((_, j) => j !== i) };
    const adds = rest.names.length < 2 ? null : (await lossOf(rest, i + 1)) - together;
    contributions.push({ name, accuracy: accuracy(predicted[i], labels), logLoss: logLoss(probabilities[i], labels), adds });
  }
  const pairs = names.flatMap((a, i) => names.slice(i + 1).map((b, j) => ({ a, b, ...pairDiversity(predicted[i], predicted[i + 1 + j], labels) })));
  return {
    kind: 'diversity', rows: labels.length, method: judge.name, logLoss: together,
    bases: contributions.sort((a, b) => (b.adds ?? 0) - (a.adds ?? 0) || a.logLoss - b.logLoss), pairs,
  };
}
