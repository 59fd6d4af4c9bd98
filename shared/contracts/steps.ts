import type { ImpactWay } from '../analysis/augmentation-impact.js';
import type { ArtifactRef } from '../artifact.js';
import type { CalibrationConfig, CalibrationMethod } from '../calibration.js';
import type { AnalysisActivities } from './analysis.js';
import type { CandidateHandle } from './candidates.js';
import type { CompressionActivities } from './compression.js';
import type { ExportActivities } from './exports.js';
import type { EvaluatedCandidates } from './records.js';
import type { ModelConfig } from '../config.js';
import type { FeatureHalf } from '../dataset.js';
import type { EnsembleMethod } from '../ensemble-methods.js';
import type { FamilyName } from '../family-names.js';
import type { JsonObject } from '../json.js';
import type { LatencyMeasurement } from '../metrics.js';
import type { SeedOf } from '../model-fits.js';
import type { ModelProgress, RunResult, SourceFile, StageResult } from '../run.js';
import type { StepResult } from '../step.js';

/** Decode, check and shard a data set. Outputs: `dataset` (DatasetManifest). */
export interface IngestInput {
  readonly source: readonly SourceFile[];
  readonly shardSize: number;
  readonly limit: { readonly train: number; readonly test: number };
}
export interface IngestSummary extends JsonObject {
  readonly trainRows: number;
  readonly validationRows: number;
  readonly testRows: number;
  readonly trainShards: number;
  readonly testShards: number;
}

/** Augments one shard of training images. Outputs: `images` (.npy, uint8, `copies` for each of the first `rows`). */
export interface AugmentShardInput {
  readonly dataset: ArtifactRef;
  readonly shard: number;
  readonly document: JsonObject;
  readonly copies: number;
  readonly randomState: number;
}

/** Joins the augmented shards' references. Outputs: `dataset` (DatasetManifest with `augmented`). */
export interface IndexAugmentedInput {
  readonly dataset: ArtifactRef;
  readonly copies: number;
  /** Keys of the augmentation steps, in shard order. */
  readonly keys: readonly string[];
}

/** One way to train a network, fitted with several seeds. */
export type ComparedWay = ImpactWay & {
  /** KeyLists, joined: the fits, in the order of their seeds. */
  readonly fits: readonly ArtifactRef[];
};

/** What augmentation is worth on the validation rows. Outputs: `impact` (AugmentationImpact). */
export interface AugmentationImpactInput {
  readonly dataset: ArtifactRef;
  /** The kind of model that was fitted. */
  readonly model: string;
  /** Of those that see equally many images, the one without augmentation first. */
  readonly ways: readonly ComparedWay[];
}

/** One shard's feature matrices. Outputs: one `.npy` per family, under its name. */
export interface ExtractFeaturesInput {
  readonly dataset: ArtifactRef;
  readonly split: FeatureHalf;
  readonly shard: number;
  readonly families: readonly FamilyName[];
}

/** Joins the shards' references. Outputs: `features` (FeatureManifest). */
export interface IndexFeaturesInput {
  readonly families: readonly FamilyName[];
  /** Keys of the extraction steps, in shard order: their manifests name the matrices, too many for a history. */
  readonly train: readonly string[];
  readonly test: readonly string[];
  /** Of the augmented shards; none where no model is fitted on their features. */
  readonly augmented: readonly string[];
  readonly dataset: ArtifactRef;
}

/** Fit one model. Outputs: `model`, `validationProba` (.npy float32 [validationRows, classes]). */
export interface FitModelInput {
  readonly name: string;
  readonly dataset: ArtifactRef;
  readonly features?: ArtifactRef;
  readonly model: ModelConfig;
  readonly randomState: number;
  /** Seeds from the second on are the same for every model, whatever its settings. @default the only one */
  readonly seedOf?: SeedOf;
  /** Fit on so many rows, the first ones. @default all but the validation rows */
  readonly fitRows?: number;
  /** The workflow to which live progress is signalled. */
  readonly progressTo: string;
}
export interface FitSummary extends JsonObject {
  readonly validationAccuracy: number;
  readonly parameters: number;
  readonly device: string;
}

/** A trained model. */
export interface FittedModel {
  readonly name: string;
  readonly config: ModelConfig;
  readonly model: ArtifactRef;
  readonly validationProba: ArtifactRef;
}

/** Test probabilities of one model. Outputs: `testProba` (.npy float32 [testRows, classes]). */
export interface PredictTestInput {
  readonly fitted: FittedModel;
  readonly dataset: ArtifactRef;
  readonly features?: ArtifactRef;
}

/** An ensemble on its bases' probabilities of rows that they did not see. Outputs: `model`, `validationProba` (by what did not see the row), `testProba`. */
export interface CombineInput {
  readonly method: EnsembleMethod;
  /** Options over the method's defaults. */
  readonly options: JsonObject;
  readonly bases: readonly CandidateHandle[];
  /** Keys of the steps that joined the folds of each base, in their order: fitted on all training rows. Absent: on the validation rows. */
  readonly outOfFold?: readonly string[];
  readonly dataset: ArtifactRef;
  readonly randomState: number;
}
export interface CombineSummary extends JsonObject {
  readonly parameters: number;
  /** On the validation rows, by ensembles that were not fitted on them. */
  readonly validationAccuracy: number;
  readonly validationLogLoss: number;
  /** On the rows that it is fitted on, out of fold. */
  readonly outOfFoldAccuracy: number;
  readonly outOfFoldLogLoss: number;
  readonly rows: number;
}

/** What the bases of the ensembles have in common. Outputs: `diversity` (JSON). */
export interface DiversityInput {
  readonly bases: readonly CandidateHandle[];
  /** The ensemble that says what each adds. */
  readonly method: EnsembleMethod;
  readonly options: JsonObject;
  readonly dataset: ArtifactRef;
  readonly randomState: number;
}

/** Single-image latency and batch throughput, alone on the machine; summary: LatencyMeasurement. */
export interface MeasureInput {
  readonly candidate: CandidateHandle;
  readonly dataset: ArtifactRef;
  readonly images: number;
}
export type MeasureSummary = LatencyMeasurement & JsonObject;

/** What validation rows say of a candidate's probabilities. Outputs: `calibration` (.npz). */
export interface CalibrateInput extends Pick<CalibrationConfig, 'methods' | 'risks' | 'alphas'> {
  readonly candidate: CandidateHandle;
  readonly dataset: ArtifactRef;
  readonly randomState: number;
}
/** Figures of the validation rows, those after calibration out of fold. */
export interface CalibrateSummary extends JsonObject {
  readonly method: CalibrationMethod;
  readonly description: string;
  readonly logLossBefore: number;
  readonly logLossAfter: number;
  readonly eceBefore: number;
  readonly eceAfter: number;
}

/** Reads the test labels, once. Outputs: `evaluation` (Evaluation). */
export interface EvaluateInput {
  readonly dataset: ArtifactRef;
  /** A variant is also compared with its model on the same images. */
  readonly candidates: readonly CandidateHandle[];
  /** KeyLists, joined: the `calibrate` steps in the order of the candidates; none where nothing was calibrated. */
  readonly calibrated: readonly ArtifactRef[];
  readonly randomState: number;
  /** The candidate that is tested against every other: the ensemble, where there is one. */
  readonly reference?: string;
  /** Pairs of models to be compared over their seeds. */
  readonly compare?: readonly (readonly [string, string])[];
}
/** What a workflow shows; all figures are in the artifact. */
export interface EvaluateSummary extends JsonObject {
  readonly accuracy: Readonly<Record<string, number>>;
}

/** What a report tells of a run: nothing in it changes when the same run is answered from the store. */
export interface ReportedRun extends Pick<RunResult, 'preset' | 'datasetDigest' | 'computedSeconds'> {
  readonly stages: readonly Pick<StageResult, 'name' | 'state' | 'computedSeconds' | 'steps'>[];
}

/** The HTML report of a run. Outputs: `report`. */
export interface ReportInput {
  readonly dataset: ArtifactRef;
  readonly run: ReportedRun;
  /** Curves and importances are in the manifests of the candidates' steps, too large for a history. */
  readonly evaluated: EvaluatedCandidates;
  /** AnalysisManifest; absent when nothing was analysed. */
  readonly analysis?: ArtifactRef;
  /** KeyLists, joined: the export steps; absent when nothing was exported. */
  readonly exported?: readonly ArtifactRef[];
}

/** The steps, as the `pipeline` workflow calls them. Each is idempotent and answers from the store where its key is known. */
export interface StepActivities extends AnalysisActivities, CompressionActivities, ExportActivities {
  ingest(input: IngestInput): Promise<StepResult<IngestSummary>>;
  augmentShard(input: AugmentShardInput): Promise<StepResult>;
  indexAugmented(input: IndexAugmentedInput): Promise<StepResult>;
  augmentationImpact(input: AugmentationImpactInput): Promise<StepResult>;
  extractFeatures(input: ExtractFeaturesInput): Promise<StepResult>;
  indexFeatures(input: IndexFeaturesInput): Promise<StepResult>;
  fitModel(input: FitModelInput): Promise<StepResult<FitSummary>>;
  predictTest(input: PredictTestInput): Promise<StepResult>;
  combine(input: CombineInput): Promise<StepResult<CombineSummary>>;
  diversity(input: DiversityInput): Promise<StepResult>;
  measure(input: MeasureInput): Promise<StepResult<MeasureSummary>>;
  calibrate(input: CalibrateInput): Promise<StepResult<CalibrateSummary>>;
  evaluate(input: EvaluateInput): Promise<StepResult<EvaluateSummary>>;
  report(input: ReportInput): Promise<StepResult>;
}

/** What a training attempt signals to its run. */
export type ModelProgressSignal = Pick<ModelProgress, 'name' | 'fraction' | 'note' | 'metrics'>;
