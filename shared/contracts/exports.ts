import type { ArtifactRef } from '../artifact.js';
import type { ExportFormat } from '../export-formats.js';
import type { StepResult } from '../step.js';
import type { CandidateHandle } from './candidates.js';

/** One candidate in one format. Outputs: `export` (ExportRecord) and, where the format can hold it, `file`. */
export interface ExportModelInput {
  readonly candidate: CandidateHandle;
  readonly format: ExportFormat;
  readonly dataset: ArtifactRef;
  /** Of the models that read feature columns. */
  readonly features?: ArtifactRef;
  readonly calibrationImages: number;
  readonly licence: string;
}
/** What the workflow `exportCandidate` is told. */
export interface ExportCandidateInput extends Omit<ExportModelInput, 'format'> {
  readonly formats: readonly ExportFormat[];
}

/** A format of something that cannot be written in it. Outputs: `export` (ExportRecord). */
export interface RefuseExportInput {
  readonly model: string;
  readonly format: ExportFormat;
  readonly reason: string;
}

/** The steps that write models for other runtimes. */
export interface ExportActivities {
  exportModel(input: ExportModelInput): Promise<StepResult>;
  refuseExport(input: RefuseExportInput): Promise<StepResult>;
}
