import { InvalidConfigError } from '../../shared/errors.js';
import type { Evaluation, ModelEvaluation, SeedSpread } from '../../shared/metrics.js';
import { pairedTTest } from './paired-t-test.js';
import { spreadOf } from './spread-of.js';

/** The fits of a model with several seeds, in the order of these. */
export interface SeedGroup {
  readonly model: string;
  readonly names: readonly string[];
}

/**
 * What seeds change: the spread of each model's figures, and pairs of models compared seed by seed, as many as both have.
 * @throws InvalidConfigError when a pair names a model that has no two seeds.
 */
export function compareSeeds(models: readonly ModelEvaluation[], groups: readonly SeedGroup[], compare: readonly (readonly [string, string])[]): Pick<Evaluation, 'seeds' | 'seedTests'> {
  const figures = new Map(models.map((model) => [model.name, model]));
  const membersOf = ({ names }: SeedGroup): ModelEvaluation[] => names.flatMap((name) => figures.get(name) ?? []);
  const accuraciesOf = (wanted: string): number[] => {
    const group = groups.find(({ model }) => model === wanted);
    if (group) return membersOf(group).map(({ accuracy }) => accuracy);
    throw new InvalidConfigError(`evaluate.compare: got "${wanted}", expected a model with several seeds (${groups.map(({ model }) => model).join(', ') || 'there is none'}): give it train.models.${wanted}.seeds of at least 2.`);
  };
  const seeds = groups.map((group): SeedSpread => {
    const members = membersOf(group);
    return { model: group.model, names: group.names, accuracy: spreadOf(members.map(({ accuracy }) => accuracy)), logLoss: spreadOf(members.map(({ logLoss }) => logLoss)) };
  });
  const seedTests = compare.map(([a, b]) => {
    const [ofA, ofB] = [accuraciesOf(a), accuraciesOf(b)];
    const pairs = Math.min(ofA.length, ofB.length);
    return { a, b, ...pairedTTest(ofA.slice(0, pairs), ofB.slice(0, pairs)) };
  });
  return { ...(seeds.length > 0 && { seeds }), ...(seedTests.length > 0 && { seedTests }) };
}
