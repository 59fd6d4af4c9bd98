import type { ArtifactRef } from '../shared/artifact.js';
import type { ModelConfig } from '../shared/config.js';
import type { SplitName } from '../shared/dataset.js';
import { InvalidConfigError } from '../shared/errors.js';
import type { ManifestReader } from './manifest-reader.js';

/** Which rows a model is to see. */
export interface ModelRows {
  readonly dataset: ArtifactRef;
  readonly features?: ArtifactRef;
  readonly split: SplitName;
}

/**
 * The references of what a model reads, by role: `images` for pixels, else `x:<family>` for each family; nothing else, and
 * never a label.
 * @throws InvalidConfigError when a family was not extracted.
 */
export async function modelInputs(read: ManifestReader, input: ModelConfig['input'], rows: ModelRows): Promise<Record<string, ArtifactRef[]>> {
  const { split } = rows;
  const refs = (shards: readonly { readonly ref: ArtifactRef }[]): ArtifactRef[] => shards.map(({ ref }) => ref);
  if (input === 'pixels') return { images: refs((await read.dataset(rows.dataset))[split].images) };
  if (!rows.features) throw new InvalidConfigError(`A model reads the families ${input.join(', ')}, but the run has no features: switch the section on.`);
  const { families } = await read.features(rows.features);
  return Object.fromEntries(
    input.map((name) => {
      const family = families[name];
      if (!family) throw new InvalidConfigError(`A model reads the family "${name}", but the run extracts ${Object.keys(families).join(', ')}: add it to features.families.`);
      return [`x:${name}`, refs(family[split])];
    }),
  );
}
