import pLimit from 'p-limit';
import type { ArtifactRef } from '../shared/artifact.js';
import type { CandidateEntry, CandidateHandle } from '../shared/contracts/candidates.js';
import { InternalError } from '../shared/errors.js';
import type { ManifestReader } from './manifest-reader.js';

const CONCURRENT_READS = 8;

/** The entries of candidates, in the order of their handles. @throws NotFoundError when one is gone. */
export function readCandidates(read: ManifestReader, handles: readonly CandidateHandle[]): Promise<CandidateEntry[]> {
  const limit = pLimit(CONCURRENT_READS);
  return Promise.all(handles.map((handle) => limit(() => read.candidate(handle))));
}

/** A candidate's artifact in a role. @throws InternalError when it has none. */
export function artifactOf({ name, modelKind, artifacts }: CandidateEntry, role: string): ArtifactRef {
  const ref = artifacts[role];
  if (ref) return ref;
  throw new InternalError(`The candidate "${name}" (${modelKind}) has ${Object.keys(artifacts).join(', ') || 'no artifacts'}, expected an artifact ${role}.`);
}
