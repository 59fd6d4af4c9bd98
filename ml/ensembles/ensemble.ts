import type { EnsembleMethod } from '../../shared/ensemble-methods.js';
import type { JsonObject } from '../../shared/json.js';
import type { NativePaths } from '../../shared/step.js';
import type { Matrix } from '../matrix.js';
import type { FitContext } from '../models/model.js';

/** What several models make of the same rows. */
export interface Bases {
  readonly names: readonly string[];
  /** Class probabilities, float32 [rows, 10], in the order of the names. */
  readonly probabilities: readonly Matrix<Float32Array>[];
}

/** A fitted ensemble. */
export interface Ensemble {
  readonly method: EnsembleMethod;
  /** Names of its bases, in the order in which it takes their probabilities. */
  readonly names: readonly string[];
  /** Learnt numbers; 0 where nothing is learnt. */
  readonly parameters: number;
  /** What computes its answers, with versions, beside what computes the bases'. */
  readonly runtime: string;
  /** Small facts for the report (under 3 KB); `weights` by the bases' names, where it has one a base. */
  readonly details: JsonObject;
  /**
   * Class probabilities, float32 [rows, 10], from those of the bases; rows sum to one. A batch of one gives the row that the whole batch gives.
   * @throws InvalidModelError when a base is missing or one too many; InvalidDataError when the bases' rows differ in number.
   */
  predictProba(probabilities: readonly Matrix<Float32Array>[]): Promise<Matrix<Float32Array>>;
  /** The ensemble as bytes; the same ensemble gives the same bytes. */
  save(): Promise<Uint8Array>;
  /** Frees what is held outside the JavaScript heap. */
  dispose(): void;
}

/** What surrounds the fit of an ensemble. */
export type EnsembleContext = Pick<FitContext, 'seed' | 'native' | 'signal' | 'progress'>;

/** A way to combine models. One file each, whose export is named `method`. */
export interface EnsembleKind<O extends object = JsonObject> {
  readonly name: EnsembleMethod;
  /** Every option with its default. */
  readonly defaults: O;
  /**
   * Fits on probabilities of rows that no base was fitted on.
   * @throws InvalidDataError for fewer than two bases, two of one name, other rows than labels, or what are no probabilities;
   *   InvalidConfigError for an option out of its range.
   */
  fit(bases: Bases, labels: Uint8Array, options: O, context: EnsembleContext): Promise<Ensemble>;
  /** @throws InvalidModelError when the bytes are no such ensemble. */
  load(bytes: Uint8Array, native: NativePaths): Promise<Ensemble>;
}
