import { mean } from 'simple-statistics';
import type { AugmentationImpact, ImpactAdvice, ImpactFigures, WayImpact } from '../../shared/analysis/augmentation-impact.js';
import { InvalidDataError } from '../../shared/errors.js';
import { pairedTTest } from './paired-t-test.js';
import { spreadOf } from './spread-of.js';

/** From here on a difference counts as none. */
const LEVEL = 0.05;

/** What was trained, and on how many rows. */
export type ImpactOf = Pick<AugmentationImpact, 'model' | 'trainRows' | 'validationRows'>;

/**
 * Compares ways to train the same network with the first of them, `none`, seed by seed, and says which to take.
 * @param figures at least `none`, each with the same seeds, two or more.
 * @throws InvalidDataError when they are not.
 */
export function augmentationImpact(of: ImpactOf, figures: readonly ImpactFigures[]): AugmentationImpact {
  const [none] = figures;
  const seeds = none?.accuracies.length ?? 0;
  if (none?.name !== 'none' || seeds < 2 || figures.some((way) => [way.accuracies, way.seconds, way.images].some(({ length }) => length !== seeds))) {
    const got = figures.map(({ name, accuracies }) => `${name} x ${accuracies.length}`).join(', ') || 'nothing';
    throw new InvalidDataError(`The impact of augmentation is that over none, each with the same two seeds or more: got ${got}. Fit every way once a seed, none first.`);
  }
  const ways = figures.map((way): WayImpact => ({
    ...way, accuracy: spreadOf(way.accuracies), meanSeconds: mean([...way.seconds]), meanImages: mean([...way.images]),
    ...(way !== none && { gain: pairedTTest(way.accuracies, none.accuracies) }),
    cost: mean([...way.seconds]) / mean([...none.seconds]),
  }));
  return { kind: 'augmentation-impact', ...of, seeds, ways, advice: adviceOf(ways) };
}

function adviceOf(ways: readonly WayImpact[]): ImpactAdvice {
  const [best] = ways.toSorted((a, b) => b.accuracy.mean - a.accuracy.mean);
  const better = ways.filter(({ gain }) => gain && differs(gain) && gain.difference.mean > 0);
  const asGood = better.filter(({ accuracies }) => !differs(pairedTTest(best.accuracies, accuracies)));
  const [cheapest] = asGood.toSorted((a, b) => a.meanSeconds - b.meanSeconds);
  const harmful = ways.filter(({ gain }) => gain && differs(gain) && gain.difference.mean < 0).map(({ name }) => name);
  return { best: best.name, take: cheapest?.name ?? 'none', harmful };
}

function differs({ pValue }: { readonly pValue: number | null }): boolean {
  return pValue !== null && pValue < LEVEL;
}
