import type { ArtifactRef } from '../shared/artifact.js';
import type { ModelConfig } from '../shared/config.js';
import type { FeatureHalf, FeatureManifest, Shard } from '../shared/dataset.js';
import { InvalidConfigError } from '../shared/errors.js';
import type { ManifestReader } from './manifest-reader.js';

/** Which rows a model is to see. */
export interface ModelRows {
  readonly dataset: ArtifactRef;
  readonly features?: ArtifactRef;
  readonly split: FeatureHalf;
}

/**
 * The references of what a model reads, by role: `images` for pixels (upright or not), else `x:<family>` for each family; nothing else, and
 * never a label.
 * @throws InvalidConfigError when a family was not extracted, or nothing was augmented.
 */
export async function modelInputs(read: ManifestReader, input: ModelConfig['input'], rows: ModelRows): Promise<Record<string, ArtifactRef[]>> {
  const { split } = rows;
  if (typeof input === 'string') {
    const dataset = await read.dataset(rows.dataset);
    return { images: refs(dataset[split]?.images ?? noneAugmented()) };
  }
  if (!rows.features) throw new InvalidConfigError(`A model reads the families ${input.join(', ')}, but the run has no features: switch the section on.`);
  const { families } = await read.features(rows.features);
  return familyInputs(families, input, split);
}

/** The matrices of some families, by role `x:<family>`. */
export function familyInputs(families: FeatureManifest['families'], names: readonly string[], split: FeatureHalf): Record<string, ArtifactRef[]> {
  return Object.fromEntries(
    names.map((name) => {
      const family = families[name];
      if (!family) throw new InvalidConfigError(`A model reads the family "${name}", but the run extracts ${Object.keys(families).join(', ')}: add it to features.families.`);
      return [`x:${name}`, refs(family[split] ?? noneAugmented())];
    }),
  );
}

function refs(shards: readonly Shard[]): ArtifactRef[] {
  return shards.map(({ ref }) => ref);
}

function noneAugmented(): never {
  throw new InvalidConfigError('A model is fitted on the expanded rows, but the run made no augmented images: set augment.copies.');
}
