import pLimit from 'p-limit';
import type { ArtifactRef } from '../shared/artifact.js';
import { InternalError } from '../shared/errors.js';
import { joinedKeys } from './joined-keys.js';
import type { ManifestReader } from './manifest-reader.js';
import type { StepManifest } from '../storage/manifest.js';

const CONCURRENT_READS = 8;

/**
 * What the `calibrate` steps of some candidates made.
 * @param calibrated KeyLists, joined: the steps in the order of the candidates; none where nothing was calibrated.
 * @throws NotFoundError when a manifest is gone; InternalError when there are more or fewer steps than candidates.
 */
export async function calibrationsOf(
  { read, manifestOf }: { readonly read: ManifestReader; readonly manifestOf: (key: string) => Promise<StepManifest> },
  calibrated: readonly ArtifactRef[],
  candidates: number,
): Promise<ArtifactRef[]> {
  const keys = await joinedKeys(read, calibrated);
  if (keys.length > 0 && keys.length !== candidates) throw new InternalError(`${keys.length} candidates were calibrated, ${candidates} are evaluated.`);
  const limit = pLimit(CONCURRENT_READS);
  return Promise.all(keys.map((key) => limit(async () => {
    const { calibration } = (await manifestOf(key)).outputs;
    if (calibration) return calibration;
    throw new InternalError(`The step ${key} made no calibration.`);
  })));
}
