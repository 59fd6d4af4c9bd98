import type { ArtifactRef } from '../shared/artifact.js';
import type { PipelineConfig } from '../shared/config.js';
import type { IngestSummary } from '../shared/contracts/steps.js';
import type { RunStatus } from './run-status.js';

/** What every stage of one run shares. */
export interface RunScope {
  readonly runId: string;
  readonly config: PipelineConfig;
  readonly status: RunStatus;
}

/** What the stages after ingest work on. */
export interface RunData {
  readonly dataset: ArtifactRef;
  readonly summary: IngestSummary;
  /** The data set with its augmented images; absent where none were made. */
  readonly augmented?: ArtifactRef;
  /** Absent when the features section is off. */
  readonly features?: ArtifactRef;
}
