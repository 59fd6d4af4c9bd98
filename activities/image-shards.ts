import type { ArtifactRef } from '../shared/artifact.js';
import { NotFoundError } from '../shared/errors.js';
import type { StepManifest } from '../storage/manifest.js';

/**
 * The step of a finished run that took its data in.
 * @throws NotFoundError when the run has none.
 */
export function ingestOf(steps: readonly StepManifest[]): StepManifest {
  const found = steps.find(({ parts }) => parts.step === 'ingest');
  if (found) return found;
  throw new NotFoundError('The store no longer has the step that took in the run\'s images.');
}

/** The images of one half of its data, shard after shard. */
export function imageShards({ outputs }: Pick<StepManifest, 'outputs'>, half: 'train' | 'test'): ArtifactRef[] {
  const shards = Object.entries(outputs).filter(([role]) => role.startsWith(`${half}-images-`));
  return shards.sort(([a], [b]) => numberOf(a) - numberOf(b)).map(([, ref]) => ref);
}

function numberOf(role: string): number {
  return Number(role.slice(role.lastIndexOf('-') + 1));
}
