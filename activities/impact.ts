import type { ImpactFigures } from '../shared/analysis/augmentation-impact.js';
import type { ComparedWay, StepActivities } from '../shared/contracts/steps.js';
import { InternalError } from '../shared/errors.js';
import type { StepManifest } from '../storage/manifest.js';
import { joinedKeys } from './joined-keys.js';
import type { GroupDeps } from './activity-deps.js';

/** What augmentation is worth: figures of fits that are in the store, put side by side. */
export function createImpactActivities({ read, run, manifestOf }: GroupDeps): Pick<StepActivities, 'augmentationImpact'> {
  return {
    async augmentationImpact({ dataset, model, ways }) {
      const { train, validationRows } = await read.dataset(dataset);
      const trainRows = train.rows - validationRows;
      const figures = await Promise.all(ways.map(async ({ name, kinds, copies, longer, fits }: ComparedWay): Promise<ImpactFigures> => {
        const keys = await joinedKeys(read, fits);
        const manifests = await Promise.all(keys.map(manifestOf));
        return {
          name, kinds: [...kinds], copies, longer,
          accuracies: manifests.map(accuracyOf),
          seconds: manifests.map(({ computedSeconds }) => Number(computedSeconds.toFixed(3))),
          images: manifests.map((manifest) => trainRows * (1 + copies) * epochsOf(manifest)),
        };
      }));
      return run({ step: 'augmentation-impact', label: 'augmentation impact', params: { model, trainRows, validationRows, ways: figures }, inputs: {} });
    },
  };
}

function accuracyOf({ key, summary: { validationAccuracy } }: StepManifest): number {
  if (typeof validationAccuracy === 'number') return validationAccuracy;
  throw new InternalError(`The step ${key} is no fit: its summary has no validationAccuracy.`);
}

/** Passes over the rows; kinds that do not count them make one. */
function epochsOf({ summary: { epochs } }: StepManifest): number {
  return typeof epochs === 'number' ? epochs : 1;
}
