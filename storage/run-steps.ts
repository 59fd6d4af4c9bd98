import pLimit from 'p-limit';
import { NotFoundError } from '../shared/errors.js';
import type { ArtifactStore } from './artifact-store.js';
import type { StepManifest } from './manifest.js';
import { readRunManifest, readStepManifest } from './manifest.js';

const CONCURRENT_READS = 16;

/** The manifests of these keys, in their order, as far as they are still there. */
export async function stepManifests(store: ArtifactStore, keys: readonly string[]): Promise<StepManifest[]> {
  const limit = pLimit(CONCURRENT_READS);
  const found = await Promise.all(keys.map((key) => limit(() => readStepManifest(store, key))));
  return found.filter((manifest) => manifest !== undefined);
}

/** The manifests of a recorded run's steps. @throws NotFoundError when there is no record of it. */
export async function stepsOfRun(store: ArtifactStore, runId: string): Promise<StepManifest[]> {
  const run = await readRunManifest(store, runId);
  if (!run) throw new NotFoundError(`There is no record of run "${runId}" in this store.`);
  return stepManifests(store, run.keys);
}
