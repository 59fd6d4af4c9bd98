import pLimit from 'p-limit';
import type { ArtifactRef } from '../shared/artifact.js';
import { MEDIA } from '../shared/artifact.js';
import type { StepActivities } from '../shared/contracts/steps.js';
import type { FeatureManifest, Shard } from '../shared/dataset.js';
import { InternalError, InvalidConfigError } from '../shared/errors.js';
import { familyNamed } from '../ml/features/registry.js';
import type { StepManifest } from '../storage/manifest.js';
import type { GroupDeps } from './activity-deps.js';

const CONCURRENT_READS = 8;

/** Extracting features shard by shard, and joining the shards' references. */
export function createFeatureActivities({ read, run, manifestOf }: GroupDeps): Pick<StepActivities, 'extractFeatures' | 'indexFeatures'> {
  return {
    async extractFeatures({ dataset, split, shard, families }) {
      const images = (await read.dataset(dataset))[split]?.images ?? [];
      const found = images[shard];
      if (!found) throw new InvalidConfigError(`The ${split} images have ${images.length} shards; there is no shard ${shard}.`);
      return run({ step: 'extract-features', label: `${split}/${shard}`, params: { families: [...families] }, inputs: { images: [found.ref] } });
    },

    async indexFeatures({ families, train, test, augmented, dataset }) {
      const manifest = await read.dataset(dataset);
      const limit = pLimit(CONCURRENT_READS);
      const outputsOf = (keys: readonly string[]): Promise<StepManifest['outputs'][]> =>
        Promise.all(keys.map((key) => limit(async () => (await manifestOf(key)).outputs)));
      const halves = {
        train: { outputs: await outputsOf(train), shards: manifest.train.images },
        test: { outputs: await outputsOf(test), shards: manifest.test.images },
        augmented: { outputs: await outputsOf(augmented), shards: augmented.length > 0 ? manifest.augmented?.images ?? [] : [] },
      };
      const shardsOf = (half: keyof typeof halves, family: string): Shard[] => {
        const { outputs, shards } = halves[half];
        if (outputs.length !== shards.length) throw new InternalError(`Features of ${outputs.length} ${half} shards were given; the data set has ${shards.length}.`);
        return shards.map(({ rows }, i) => ({ ref: outputNamed(outputs[i], family), rows }));
      };
      const features: FeatureManifest = {
        kind: 'features',
        families: Object.fromEntries(
          families.map((name) => [name, {
            columns: familyNamed(name).columns, train: shardsOf('train', name), test: shardsOf('test', name),
            ...(augmented.length > 0 && { augmented: shardsOf('augmented', name) }),
          }]),
        ),
      };
      const bytes = new TextEncoder().encode(JSON.stringify(features));
      const matrices = families.flatMap((name) => [...shardsOf('train', name), ...shardsOf('test', name), ...shardsOf('augmented', name)].map(({ ref }) => ref));
      const columns = Object.fromEntries(families.map((name) => [name, [...familyNamed(name).columns]]));
      return run({
        step: 'index-features',
        label: 'features',
        params: { columns },
        inputs: { dataset: [dataset], matrices },
        inline: () => ({ outputs: { features: { bytes, mediaType: MEDIA.json } }, summary: {} }),
      });
    },
  };
}

function outputNamed(outputs: Readonly<Record<string, ArtifactRef>> | undefined, family: string): ArtifactRef {
  const ref = outputs?.[family];
  if (!ref) throw new InternalError(`A shard has no matrix of the family "${family}".`);
  return ref;
}
