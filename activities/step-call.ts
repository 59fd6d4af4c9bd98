import type { ArtifactRef } from '../shared/artifact.js';
import type { JsonObject } from '../shared/json.js';
import type { StepArtifact, StepOutput, StepProgress } from '../shared/step.js';

/** An artifact that holds references to a step's outputs. */
export interface StepIndex {
  readonly role: string;
  make(outputs: Readonly<Record<string, ArtifactRef>>, summary: JsonObject): StepArtifact;
}

/** One step to be answered from the store or computed. */
export interface StepCall {
  /** Its name in steps.json. */
  readonly step: string;
  /** What people call it in the run, e.g. `cnn`, `train/3`. */
  readonly label: string;
  readonly params: JsonObject;
  /** The run's source of randomness, for steps that draw from it. */
  readonly randomState?: number;
  /** What its seed is derived from, beside the randomState. @default its name and its parameters */
  readonly seedFrom?: { readonly step: string; readonly params: JsonObject };
  readonly inputs: Readonly<Record<string, readonly ArtifactRef[]>>;
  /** What else changes its results, beside the libraries. */
  readonly environment?: JsonObject;
  /** Makes one more artifact of the references to the step's own, e.g. a data set's manifest. */
  readonly index?: StepIndex;
  /** Computes a step that only arranges references, here and now; it needs no bundle. */
  readonly inline?: () => StepOutput;
  /** The outputs that the caller wants; all when absent. */
  readonly expose?: readonly string[];
  readonly onProgress?: (update: StepProgress) => void;
}
