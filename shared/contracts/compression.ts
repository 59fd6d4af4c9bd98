import type { ArtifactRef } from '../artifact.js';
import type { CompressionGateConfig, CompressionSearchConfig, PostTrainingForm, SearchedPlan, VariantConfig } from '../compression.js';
import type { JsonObject } from '../json.js';
import type { StepResult } from '../step.js';
import type { CandidateHandle } from './candidates.js';

/** Post-training quantisation of a network. Outputs: `tflite`, `onnx`, `validationProba`, `testProba`. */
export interface QuantizeInput {
  readonly candidate: CandidateHandle;
  /** @default int8, as workflows have it that began when there was no other */
  readonly form?: PostTrainingForm;
  readonly dataset: ArtifactRef;
  readonly calibrationImages: number;
  /** Of the models, said in the files. @default 'not stated' */
  readonly licence?: string;
  readonly randomState: number;
}
export interface QuantizeSummary extends JsonObject {
  readonly form: string;
  readonly parameters: number;
  readonly tfliteBytes: number;
  readonly onnxBytes: number;
  readonly validationAccuracy: number;
}

/** A network compressed by training. Outputs: `model`, `compressed`, `tflite`, `onnx`, `validationProba`, `testProba`. */
export interface CompressNetworkInput {
  /** The variant's. */
  readonly name: string;
  readonly candidate: CandidateHandle;
  readonly dataset: ArtifactRef;
  readonly plan: VariantConfig;
  /** Who teaches it: a network, or what folds say of the training rows (keys of the steps that joined them). */
  readonly teacher?: { readonly network: CandidateHandle } | { readonly outOfFold: readonly string[] };
  /** Of the models, said in the files. @default 'not stated' */
  readonly licence?: string;
  readonly randomState: number;
  /** The workflow to which live progress is signalled. */
  readonly progressTo: string;
}
export interface CompressNetworkSummary extends JsonObject {
  readonly parameters: number;
  readonly tfliteBytes: number;
  readonly codedBytes: number;
  readonly multiplyAdds: number;
  readonly validationAccuracy: number;
}

/** A classical model made smaller. Outputs: `model`, of the same kind, `validationProba`, `testProba`. */
export interface ShrinkClassicalInput {
  readonly candidate: CandidateHandle;
  readonly dataset: ArtifactRef;
  readonly features?: ArtifactRef;
  readonly mostLost: number;
}
export interface ShrinkClassicalSummary extends JsonObject {
  readonly how: string;
  readonly parameters: number;
  readonly validationAccuracy: number;
}

/** Which plans of a search no other one beats. Outputs: `search` (CompressionSearch). */
export type SearchFrontInput = Pick<CompressionSearchConfig, 'of' | 'epochs'> & {
  readonly first: readonly SearchedPlan[];
  /** None before the front was trained in full. */
  readonly full: readonly SearchedPlan[];
};
export interface SearchFrontSummary extends JsonObject {
  /** Names, after the last pass. */
  readonly front: readonly string[];
}

/** Variants beside their models on validation rows. Outputs: `gate` (CompressionGate). */
export interface GateVariantsInput {
  readonly dataset: ArtifactRef;
  readonly candidates: readonly CandidateHandle[];
  /** KeyLists, joined: the `measure` steps of the first candidates, in their order. */
  readonly measured: readonly ArtifactRef[];
  readonly gate: CompressionGateConfig;
}

/** The steps that make variants of models and judge them. */
export interface CompressionActivities {
  quantize(input: QuantizeInput): Promise<StepResult<QuantizeSummary>>;
  compressNetwork(input: CompressNetworkInput): Promise<StepResult<CompressNetworkSummary>>;
  shrinkClassical(input: ShrinkClassicalInput): Promise<StepResult<ShrinkClassicalSummary>>;
  searchFront(input: SearchFrontInput): Promise<StepResult<SearchFrontSummary>>;
  gateVariants(input: GateVariantsInput): Promise<StepResult>;
}
