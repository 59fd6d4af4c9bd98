import { NotFoundError } from '../shared/errors.js';
import type { ArtifactStore } from '../storage/artifact-store.js';
import { readStepManifest } from '../storage/manifest.js';
import type { StepManifest } from '../storage/manifest.js';

/** What is known of a committed step. @throws NotFoundError when it has no manifest. */
export async function stepManifestOf(store: ArtifactStore, key: string): Promise<StepManifest> {
  const manifest = await readStepManifest(store, key);
  if (manifest) return manifest;
  throw new NotFoundError(`The step ${key} has no manifest in the store. It was deleted since; run it again.`);
}
