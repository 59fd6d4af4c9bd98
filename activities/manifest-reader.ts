import type { ArtifactRef } from '../shared/artifact.js';
import { MEDIA } from '../shared/artifact.js';
import type { CompressionGate } from '../shared/compression.js';
import type { AnalysisManifest } from '../shared/contracts/analysis.js';
import type { CandidateEntry, CandidateHandle } from '../shared/contracts/candidates.js';
import type { KeyList } from '../shared/contracts/records.js';
import type { DatasetManifest, FeatureManifest } from '../shared/dataset.js';
import { InvalidDataError } from '../shared/errors.js';
import type { ExportRecord } from '../shared/exports.js';
import type { Evaluation } from '../shared/metrics.js';
import type { ArtifactStore } from '../storage/artifact-store.js';

/** Reads the manifests that activities are given references to. */
export interface ManifestReader {
  dataset(ref: ArtifactRef): Promise<DatasetManifest>;
  features(ref: ArtifactRef): Promise<FeatureManifest>;
  analysis(ref: ArtifactRef): Promise<AnalysisManifest>;
  evaluation(ref: ArtifactRef): Promise<Evaluation>;
  candidate(handle: CandidateHandle): Promise<CandidateEntry>;
  keys(ref: ArtifactRef): Promise<KeyList>;
  export(ref: ArtifactRef): Promise<ExportRecord>;
  gate(ref: ArtifactRef): Promise<CompressionGate>;
}

const KEPT = 128;

/** A reader that remembers the last manifests: every step of a run reads the same ones. */
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
    evaluation: (ref) => read<Evaluation>(ref, 'evaluation'),
    candidate: ({ digest, bytes }) => read<CandidateEntry>({ digest, bytes, mediaType: MEDIA.json }, 'candidate'),
    keys: (ref) => read<KeyList>(ref, 'keys'),
    export: (ref) => read<ExportRecord>(ref, 'export'),
    gate: (ref) => read<CompressionGate>(ref, 'compression-gate'),
  };
}
