import type { ArtifactRef } from '../artifact.js';
import type { ModelConfig } from '../config.js';
import type { SeedOf } from '../model-fits.js';

/**
 * A candidate as it crosses a workflow: its name and where its entry is in the store. About 120 bytes whatever the candidate,
 * so that a step can be given all candidates of a run (60 of them stay under 8 KB).
 */
export interface CandidateHandle {
  readonly name: string;
  /** SHA-256 and size of the entry. */
  readonly digest: string;
  readonly bytes: number;
}

/**
 * All that is known of a candidate, i.e. of whatever answers with class probabilities and gets a row of the result table: a
 * model, an ensemble, or a variant of a model. An object in the store, written once the candidate is made. It holds no clock
 * and no measurement: how long a step took is in the manifest under its key.
 */
export interface CandidateEntry {
  readonly kind: 'candidate';
  readonly name: string;
  /** A model kind, the method of an ensemble (`greedy`, `greedy-oof`), or of a variant what answers: `tflite`, `onnx`. */
  readonly modelKind: string;
  /** How a model was fitted; absent for ensembles and variants. */
  readonly config?: ModelConfig;
  /** Of a model that is fitted with several seeds. */
  readonly seedOf?: SeedOf;
  /** Of an ensemble: the candidates it joins, in the order of its columns. */
  readonly bases?: readonly CandidateHandle[];
  /** Of a variant: the model it was made of. */
  readonly of?: CandidateHandle;
  /** By role: `model` (of a variant also `tflite`, `onnx`, `compressed`), `validationProba` (of an ensemble: out of fold) and `testProba`. */
  readonly artifacts: Readonly<Record<string, ArtifactRef>>;
  /** Learnt numbers, those of its bases not included. */
  readonly parameters: number;
  /** Key of the step that made it; its manifest has the details. */
  readonly fit: string;
  /** Keys of further steps of its training, whose seconds count as its own; not those of its bases. */
  readonly training?: readonly string[];
  /** What people should know of its training. */
  readonly note?: string;
}
