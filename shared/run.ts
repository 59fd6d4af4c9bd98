import type { ArtifactRef } from './artifact.js';
import type { GatedVariant } from './compression.js';
import type { ModelConfig, ModelOrigin, PipelineConfig, SectionName } from './config.js';
import type { RunExport } from './exports.js';
import type { LatencyMeasurement, SeedSpread } from './metrics.js';
import type { SeedOf } from './model-fits.js';

/** A source file of a data set, already in the store, under the name it had on disk. */
export interface SourceFile {
  readonly name: string;
  readonly ref: ArtifactRef;
}

/** What starts a run (shared/run-arguments.ts says how the workflow gets it). */
export interface RunInput {
  readonly runId: string;
  readonly config: PipelineConfig;
  /** IDX files (four), one NPZ, or one ZIP of a `<split>/<label>/*.png` tree. */
  readonly source: readonly SourceFile[];
}

export type StageState = 'waiting' | 'running' | 'done' | 'skipped' | 'failed' | 'cancelled';

/** One stage of a run, live. */
export interface StageProgress {
  readonly name: SectionName;
  readonly state: StageState;
  readonly done: number;
  readonly total: number;
  /** Steps answered from the store. */
  readonly cached: number;
  readonly seconds: number;
}

/** One model of a run, live. */
export interface ModelProgress {
  readonly name: string;
  readonly state: StageState;
  /** In [0, 1]. */
  readonly fraction: number;
  readonly note: string;
  readonly metrics: Readonly<Record<string, number>>;
}

/** Answer of the `progress` query. */
export interface RunProgress {
  readonly runId: string;
  readonly stages: readonly StageProgress[];
  readonly models: readonly ModelProgress[];
}

/** A row of the result table. */
export interface ModelResult {
  readonly name: string;
  readonly kind: string;
  /** What it reads; absent for a stack and a variant. */
  readonly input?: ModelConfig['input'];
  /** The search that found its hyper-parameters. */
  readonly origin?: ModelOrigin;
  /** Of a stack: the models it joins, in the order of its meta-learner's columns. */
  readonly bases?: readonly string[];
  /** Of a variant: the model it was made of. */
  readonly of?: string;
  /** Of a variant: whether it may take its model's place, whether it is the smallest that may, and why not. */
  readonly gate?: Pick<GatedVariant, 'passed' | 'chosen' | 'reasons'>;
  /** Of a model that is fitted with several seeds: which of them this is. */
  readonly seedOf?: SeedOf;
  /** Of its first seed: what all of them come to. */
  readonly seeds?: Pick<SeedSpread, 'accuracy' | 'logLoss' | 'names'>;
  readonly testAccuracy: number;
  readonly logLoss: number;
  readonly ece: number;
  /** Absent where nothing was timed. */
  readonly latency?: LatencyMeasurement;
  readonly bytes: number;
  readonly parameters: number;
  readonly trainingSeconds: number;
  readonly cached: boolean;
  /** The model's artifacts, by role. */
  readonly artifacts: Readonly<Record<string, ArtifactRef>>;
}

/** One stage of a finished run. */
export interface StageResult {
  readonly name: SectionName;
  readonly state: StageState;
  readonly seconds: number;
  /** Sum over its steps of the seconds they took when they were computed. */
  readonly computedSeconds: number;
  readonly steps: number;
  readonly cachedSteps: number;
}

/** The body of `runs/<id>.json`, beside the keys of the steps. */
export interface RunResult {
  readonly runId: string;
  /** How a run ended that did not finish; what it computed stays in the store. */
  readonly state?: 'failed' | 'cancelled';
  readonly preset: string;
  readonly datasetDigest: string;
  readonly seconds: number;
  readonly computedSeconds: number;
  readonly cached: boolean;
  readonly stages: readonly StageResult[];
  readonly models: readonly ModelResult[];
  /** Report (HTML) and evaluation (JSON), where those sections ran. */
  readonly report?: ArtifactRef;
  readonly evaluation?: ArtifactRef;
  /** What was found of the data (AnalysisManifest), where that section ran. */
  readonly analysis?: ArtifactRef;
  /** Files of the models for other runtimes, where that section ran. */
  readonly exports?: readonly RunExport[];
}

/** What the workflow `pipeline` returns: a headline. The whole result is in `runs/<id>.json`. */
export interface RunHeadline extends Pick<RunResult, 'runId' | 'seconds' | 'computedSeconds' | 'cached'> {
  /** The ensemble, or without one the model that was most accurate on validation rows; absent where nothing was evaluated. */
  readonly best?: { readonly name: string; readonly testAccuracy: number };
}

/** Query, signal and update names of the `pipeline` workflow. */
export const PROGRESS_QUERY = 'progress';
export const MODEL_PROGRESS_SIGNAL = 'modelProgress';

/** The entity workflow that moves pointers (`latest`; model aliases later), one per namespace. */
export const POINTERS_WORKFLOW_ID = 'digitloom-pointers';
export const MOVE_POINTER_UPDATE = 'movePointer';
export const POINTERS_QUERY = 'pointers';
