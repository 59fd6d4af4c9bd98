import type { ArtifactRef } from '../artifact.js';
import type { AnalysisActivities } from './analysis.js';
import type { ModelConfig } from '../config.js';
import type { FeatureHalf } from '../dataset.js';
import type { FamilyName } from '../family-names.js';
import type { JsonObject } from '../json.js';
import type { LatencyMeasurement } from '../metrics.js';
import type { ModelProgress, RunResult, SourceFile } from '../run.js';
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
  /** The workflow to which live progress is signalled. */
  readonly progressTo: string;
}
export interface FitSummary extends JsonObject {
  readonly validationAccuracy: number;
  readonly parameters: number;
  readonly device: string;
}

/** A trained model of a run, as the later stages name it. */
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

/** Meta-learner on the validation probabilities of its bases. Outputs: `model`, `validationProba` (out of fold), `testProba`. */
export interface StackInput {
  readonly base: readonly { readonly name: string; readonly validationProba: ArtifactRef; readonly testProba: ArtifactRef }[];
  readonly dataset: ArtifactRef;
  readonly C: number;
  readonly randomState: number;
}
export interface StackSummary extends JsonObject {
  readonly parameters: number;
  /** Accuracy of the meta-learner on the validation split, out of fold (5 folds). */
  readonly validationAccuracy: number;
}

/** int8 post-training quantisation of a CNN. Outputs: `tflite`, `testProba`, `validationProba`. */
export interface QuantizeInput {
  readonly fitted: FittedModel;
  readonly dataset: ArtifactRef;
  readonly calibrationImages: number;
  readonly randomState: number;
}
export interface QuantizeSummary extends JsonObject {
  readonly bytes: number;
  readonly parameters: number;
  readonly validationAccuracy: number;
}

/** Single-image latency and batch throughput, alone on the machine; summary: LatencyMeasurement. */
export interface MeasureInput {
  readonly name: string;
  readonly kind: 'model' | 'tflite' | 'stack';
  /** For `model`: the one model; for `stack`: its bases, in the order of the meta-learner's columns. */
  readonly fitted: readonly FittedModel[];
  /** For `tflite`: the file; for `stack`: the meta-learner. */
  readonly artifact?: ArtifactRef;
  readonly dataset: ArtifactRef;
  readonly images: number;
}
export type MeasureSummary = LatencyMeasurement & JsonObject;

/** Reads the test labels, once. Outputs: `evaluation` (Evaluation). */
export interface EvaluateInput {
  readonly dataset: ArtifactRef;
  /** `of`: the model whose compressed variant this is; the two are then compared on the same images. */
  readonly models: readonly { readonly name: string; readonly testProba: ArtifactRef; readonly of?: string }[];
  /** The model that is tested against every other: the ensemble, where there is one. */
  readonly reference?: string;
}
export interface EvaluateSummary extends JsonObject {
  readonly accuracy: Readonly<Record<string, number>>;
  readonly logLoss: Readonly<Record<string, number>>;
  readonly ece: Readonly<Record<string, number>>;
}

/** Where the details of a fit are, and what only the run knows of it. */
export interface FitRecord {
  readonly key: string;
  readonly note?: string;
  readonly resumedFrom?: number;
}

/** The HTML report of a run. Outputs: `report`. */
export interface ReportInput {
  readonly dataset: ArtifactRef;
  readonly evaluation: ArtifactRef;
  /** The result so far; its own seconds are not part of the key (they are the stages' computedSeconds). */
  readonly result: RunResult;
  /** The step that made each model, by the model's name: its manifest holds curves and importances, too large for a history. */
  readonly fits: Readonly<Record<string, FitRecord>>;
  /** AnalysisManifest; absent when nothing was analysed. */
  readonly analysis?: ArtifactRef;
}

/** The steps, as the `pipeline` workflow calls them. Each is idempotent and answers from the store where its key is known. */
export interface StepActivities extends AnalysisActivities {
  ingest(input: IngestInput): Promise<StepResult<IngestSummary>>;
  augmentShard(input: AugmentShardInput): Promise<StepResult>;
  indexAugmented(input: IndexAugmentedInput): Promise<StepResult>;
  extractFeatures(input: ExtractFeaturesInput): Promise<StepResult>;
  indexFeatures(input: IndexFeaturesInput): Promise<StepResult>;
  fitModel(input: FitModelInput): Promise<StepResult<FitSummary>>;
  predictTest(input: PredictTestInput): Promise<StepResult>;
  stack(input: StackInput): Promise<StepResult<StackSummary>>;
  quantize(input: QuantizeInput): Promise<StepResult<QuantizeSummary>>;
  measure(input: MeasureInput): Promise<StepResult<MeasureSummary>>;
  evaluate(input: EvaluateInput): Promise<StepResult<EvaluateSummary>>;
  report(input: ReportInput): Promise<StepResult>;
}

/** Book-keeping around the steps. */
export interface RunActivities {
  /** Writes `runs/<id>.json`: the result and all step keys (the roots of garbage collection). */
  recordRun(input: { readonly result: RunResult; readonly keys: readonly string[] }): Promise<ArtifactRef | null>;
  /** Moves a pointer (`latest`) through the entity workflow. */
  movePointer(input: { readonly name: string; readonly target: string }): Promise<void>;
}

/** What a training attempt signals to its run. */
export type ModelProgressSignal = Pick<ModelProgress, 'name' | 'fraction' | 'note' | 'metrics'>;
