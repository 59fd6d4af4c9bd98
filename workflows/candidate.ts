import type { ArtifactRef } from '../shared/artifact.js';
import type { FitRecord, FittedModel } from '../shared/contracts/steps.js';

/** Whatever answers with class probabilities and gets a row of the result table: a model, the stack, a variant. */
export interface Candidate {
  readonly name: string;
  readonly kind: string;
  readonly testProba: ArtifactRef;
  /** What `predict` needs: `model`, or `tflite` for a variant. */
  readonly artifacts: Readonly<Record<string, ArtifactRef>>;
  /** Size and learnt numbers of all that is needed to predict: of a stack, its bases too. */
  readonly bytes: number;
  readonly parameters: number;
  /** Seconds of computing to get here from features or pixels: of a stack, its bases too. */
  readonly trainingSeconds: number;
  readonly cached: boolean;
  /** How it is timed. */
  readonly timing: { readonly kind: 'model' | 'tflite' | 'stack'; readonly fitted: readonly FittedModel[]; readonly artifact?: ArtifactRef };
  /** The step that made it, for the report. */
  readonly fit: FitRecord;
  /** The model whose compressed variant this is. */
  readonly of?: string;
}
