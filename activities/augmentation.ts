import { MEDIA } from '../shared/artifact.js';
import type { StepActivities } from '../shared/contracts/steps.js';
import type { DatasetManifest } from '../shared/dataset.js';
import { InternalError, InvalidConfigError } from '../shared/errors.js';
import { deriveSeed } from '../storage/keys.js';
import type { GroupDeps } from './activity-deps.js';

/** Expanding the training images shard by shard, and joining the shards' references. */
export function createAugmentationActivities({ read, run, manifestOf }: GroupDeps): Pick<StepActivities, 'augmentShard' | 'indexAugmented'> {
  return {
    async augmentShard({ dataset, shard, document, copies, randomState }) {
      const { train, validationRows } = await read.dataset(dataset);
      const found = train.images[shard];
      if (!found) throw new InvalidConfigError(`The training images have ${train.images.length} shards; there is no shard ${shard}.`);
      const firstRow = train.images.slice(0, shard).reduce((sum, { rows }) => sum + rows, 0);
      const rows = Math.min(found.rows, Math.max(0, train.rows - validationRows - firstRow)); // what models choose by is left as it is
      return run({
        step: 'augment',
        label: `train/${shard}`,
        // One seed for all shards: what is drawn for an image does not depend on how the rows are cut.
        params: { document, copies, firstRow, rows, seed: deriveSeed(randomState, 'augment', { document, copies }) },
        inputs: { images: [found.ref] },
      });
    },

    async indexAugmented({ dataset, copies, keys }) {
      const manifest = await read.dataset(dataset);
      const steps = await Promise.all(keys.map(manifestOf));
      const images = steps.map(({ key, outputs, summary }) => {
        const ref = outputs['images'];
        const { rows } = summary;
        if (!ref || typeof rows !== 'number') throw new InternalError(`The step ${key} is no augmented shard.`);
        return { ref, rows };
      });
      const augmented: DatasetManifest = { ...manifest, augmented: { copies, images } };
      const bytes = new TextEncoder().encode(JSON.stringify(augmented));
      return run({
        step: 'index-augmented',
        label: 'augmented data set',
        params: { copies },
        inputs: { dataset: [dataset], images: images.map(({ ref }) => ref) },
        inline: () => ({ outputs: { dataset: { bytes, mediaType: MEDIA.json } }, summary: {} }),
      });
    },
  };
}
