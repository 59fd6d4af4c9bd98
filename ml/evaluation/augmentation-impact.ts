import { mean } from 'simple-statistics';
import { budgetOf } from '../../shared/analysis/augmentation-impact.js';
import type { AugmentationImpact, ImpactAdvice, ImpactFigures, WayImpact } from '../../shared/analysis/augmentation-impact.js';
import { InvalidDataError } from '../../shared/errors.js';
import { pairedTTest } from './paired-t-test.js';
import { spreadOf } from './spread-of.js';

/** From here on a difference counts as none. */
const LEVEL = 0.05;

/** What was trained, and on how many rows. */
export type ImpactOf = Pick<AugmentationImpact, 'model' | 'trainRows' | 'validationRows'>;

/**
 * Compares ways to train the same network with the one that has seen as many images without augmentation, seed by seed, and says of each such
 * group which to take.
 * @param figures each with the same seeds, two or more; the first of its budget has no augmentation.
 * @throws InvalidDataError when they are not.
 */
export function augmentationImpact(of: ImpactOf, figures: readonly ImpactFigures[]): AugmentationImpact {
  const seeds = figures[0]?.accuracies.length ?? 0;
  const budgets = [...new Set(figures.map(budgetOf))].sort((a, b) => a - b);
  const groups = budgets.map((budget) => figures.filter((way) => budgetOf(way) === budget));
  const comparable = figures.every((way) => [way.accuracies, way.seconds, way.images].every(({ length }) => length === seeds));
  if (seeds < 2 || !comparable || groups.some(([first]) => first.kinds.length > 0)) {
    const got = figures.map(({ name, accuracies }) => `${name} x ${accuracies.length}`).join(', ') || 'nothing';
    throw new InvalidDataError(`The impact of augmentation is that over none, each with the same two seeds or more: got ${got}. Fit every way once a seed, none first.`);
  }
  const ways = groups.map((group) => group.map((way) => impactOf(way, group[0])));
  return { kind: 'augmentation-impact', ...of, seeds, ways: ways.flat(), advice: ways.map((group, i) => ({ budget: budgets[i], ...adviceOf(group) })) };
}

function impactOf(way: ImpactFigures, none: ImpactFigures): WayImpact {
  return {
    ...way, accuracy: spreadOf(way.accuracies), meanSeconds: mean([...way.seconds]), meanImages: mean([...way.images]),
    ...(way !== none && { gain: pairedTTest(way.accuracies, none.accuracies) }),
    cost: mean([...way.seconds]) / mean([...none.seconds]),
  };
}

function adviceOf(ways: readonly WayImpact[]): Omit<ImpactAdvice, 'budget'> {
  const [best] = ways.toSorted((a, b) => b.accuracy.mean - a.accuracy.mean);
  const better = ways.filter(({ gain }) => gain && differs(gain) && gain.difference.mean > 0);
  const asGood = better.filter(({ accuracies }) => !differs(pairedTTest(best.accuracies, accuracies)));
  const [cheapest] = asGood.toSorted((a, b) => a.meanSeconds - b.meanSeconds);
  const harmful = ways.filter(({ gain }) => gain && differs(gain) && gain.difference.mean < 0).map(({ name }) => name);
  return { best: best.name, ...(cheapest && { take: cheapest.name }), harmful };
}

function differs({ pValue }: { readonly pValue: number | null }): boolean {
  return pValue !== null && pValue < LEVEL;
}
