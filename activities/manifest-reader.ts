import type { ArtifactRef } from '../shared/artifact.js';
import type { AnalysisManifest } from '../shared/contracts/analysis.js';
import type { DatasetManifest, FeatureManifest } from '../shared/dataset.js';
import { InvalidDataError } from '../shared/errors.js';
import type { ArtifactStore } from '../storage/artifact-store.js';

/** Reads the manifests that activities are given references to. */
export interface ManifestReader {
  dataset(ref: ArtifactRef): Promise<DatasetManifest>;
  features(ref: ArtifactRef): Promise<FeatureManifest>;
  analysis(ref: ArtifactRef): Promise<AnalysisManifest>;
}

const KEPT = 32;

/** A reader that remembers the last manifests: every step of a run reads the same two. */
export function createManifestReader(store: ArtifactStore): ManifestReader {
  const known = new Map<string, Promise<unknown>>();

  const read = async <T extends { readonly kind: string }>(ref: ArtifactRef, kind: T['kind']): Promise<T> => {
    const reading = known.get(ref.digest) ?? store.get(ref).then((bytes): unknown => JSON.parse(new TextDecoder().decode(bytes)));
    known.delete(ref.digest);
    known.set(ref.digest, reading);
    for (const digest of [...known.keys()].slice(0, -KEPT)) known.delete(digest);
    const value = await reading.catch((error: unknown) => {
      known.delete(ref.digest); // a failure must not be remembered
      throw error;
    });
    if (typeof value !== 'object' || value === null || !('kind' in value) || value.kind !== kind) {
      throw new InvalidDataError(`Artifact ${ref.digest} is no manifest of kind "${kind}". Was another stage's output passed?`);
    }
    return value as T;
  };

  return {
    dataset: (ref) => read<DatasetManifest>(ref, 'dataset'),
    features: (ref) => read<FeatureManifest>(ref, 'features'),
    analysis: (ref) => read<AnalysisManifest>(ref, 'analysis'),
  };
}
