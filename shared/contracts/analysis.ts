import type { ArtifactRef } from '../artifact.js';
import type { ModelConfig } from '../config.js';
import type { FamilyName } from '../family-names.js';
import type { JsonObject } from '../json.js';
import type { StepResult } from '../step.js';
import type { CandidateHandle } from './candidates.js';

/** Steps that look at the data and change nothing; each writes one JSON artifact for the report, and what else it found. */
export const ANALYSIS_STEPS = [
  'check-data', 'describe-data', 'contact-sheet', 'find-label-errors', 'audit-labels',
  'analyse-neighbours', 'cluster', 'reduce', 'select-features', 'embed', 'explain-network',
] as const;
export type AnalysisStep = (typeof ANALYSIS_STEPS)[number];

/** One analysis. What of the data set it reads follows from the step; test labels are read by `audit-labels` and `explain-network` alone, after the evaluation. */
export interface AnalyseInput {
  readonly step: AnalysisStep;
  /** What people call it, e.g. `map of pixels`. */
  readonly label: string;
  readonly params: JsonObject;
  /** For the steps that draw at random. */
  readonly randomState?: number;
  readonly dataset: ArtifactRef;
  readonly features?: ArtifactRef;
  /** Whose columns it reads, of `features`. */
  readonly families?: readonly FamilyName[];
  /** Candidates whose artifacts of a role (`model`, `testProba`) it reads, by that role. */
  readonly candidates?: Readonly<Record<string, readonly CandidateHandle[]>>;
  /** Outputs of other steps, by role; they come after the candidates' of the same role. */
  readonly given?: Readonly<Record<string, readonly ArtifactRef[]>>;
}

/** Fits a model on all training rows but those of one fold. Outputs: `rows` (.npy int32), `proba` (.npy float32) of that fold; `testProba` where asked for. */
export interface FitFoldInput {
  readonly name: string;
  readonly dataset: ArtifactRef;
  readonly features?: ArtifactRef;
  readonly model: ModelConfig;
  readonly fold: number;
  readonly folds: number;
  readonly randomState: number;
  /** Whether it predicts the test images as well. */
  readonly testRows: boolean;
  /** The workflow to which live progress is signalled; nobody where absent. */
  readonly progressTo?: string;
}

/** Joins the folds of one model. Outputs: `outOfFold` (.npy float32 [training rows, classes]). */
export interface JoinFoldsInput {
  readonly name: string;
  readonly dataset: ArtifactRef;
  /** Keys of all folds of one assignment. */
  readonly folds: readonly string[];
}

/** Joins what was found of the data. Outputs: `analysis` (AnalysisManifest). */
export interface IndexAnalysisInput {
  /** Keys of the steps, by the name under which the report and `digitloom artifacts` know what they found. */
  readonly steps: Readonly<Record<string, string>>;
}

/** The manifest (JSON artifact) of all that was found of the data: by name, the outputs of the step by role. */
export interface AnalysisManifest {
  readonly kind: 'analysis';
  readonly found: Readonly<Record<string, Readonly<Record<string, ArtifactRef>>>>;
}

/** What the analyse section calls. */
export interface AnalysisActivities {
  /** On the cpu queue: steps that run in a thread. */
  analyse(input: AnalyseInput): Promise<StepResult>;
  fitFold(input: FitFoldInput): Promise<StepResult>;
  joinFolds(input: JoinFoldsInput): Promise<StepResult>;
  indexAnalysis(input: IndexAnalysisInput): Promise<StepResult>;
}
