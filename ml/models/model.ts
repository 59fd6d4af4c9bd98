import type { JsonObject } from '../../shared/json.js';
import type { ItemMaker, MakeAhead } from '../../shared/made-ahead.js';
import type { StartTaskThreads, TaskRunner } from '../../shared/parallel-tasks.js';
import type { CancelSignal, NativePaths, StepProgress } from '../../shared/step.js';
import type { LabelledMatrix, Matrix } from '../matrix.js';

/** Digits. */
export const CLASSES = 10;

/** What surrounds a fit: its seed, its libraries, and whom it tells. */
export interface FitContext {
  readonly seed: number;
  readonly native: NativePaths;
  readonly signal: CancelSignal;
  /** Where the fit should compute, for the kinds that have a choice. @default 'cpu' */
  readonly device?: 'cpu' | 'gpu';
  /** Of networks: a zip of a saved tf.layers model, some of whose weights the fit begins with. */
  readonly initialWeights?: Uint8Array;
  progress(update: StepProgress): void;
  /** State of an interrupted fit, as `saveCheckpoint` got it. Kinds that do not cut their work into segments ignore it. */
  readonly checkpoint?: Uint8Array;
  saveCheckpoint?(bytes: Uint8Array): Promise<void>;
  /** Has a fit's batches made ahead by the kind's `itemMaker`; without it the fit makes them itself, the same ones. */
  readonly makeAhead?: MakeAhead;
  /** Starts threads for a fit's units of work, done by the kind's `taskRunner`; see `startTaskThreads`. */
  readonly startThreads?: StartTaskThreads;
}

/** A trained model. */
export interface Classifier {
  /** Width of the rows it takes. */
  readonly columns: number;
  /** Learnt numbers. */
  readonly parameters: number;
  /** What computes its predictions, with versions, e.g. `typescript`, `xgboost 3.2.0`. */
  readonly runtime: string;
  /** Curves, importances, best epoch: small facts for the report (under 3 KB). */
  readonly details: JsonObject;
  /**
   * Class probabilities, float32 [rows, 10]; rows sum to one. A batch of one gives the row that the whole batch gives.
   * @throws InvalidModelError when the width is not `columns`.
   */
  predictProba(x: Matrix): Promise<Matrix<Float32Array>>;
  /** The model as bytes; the same model gives the same bytes. */
  save(): Promise<Uint8Array>;
  /** Frees what is held outside the JavaScript heap. */
  dispose(): void;
}

/** A kind of model, in scikit-learn's words. One file each, whose export is named `model`. */
export interface ModelKind<O extends object = JsonObject> {
  readonly name: string;
  /** Every hyper-parameter with its default. */
  readonly defaults: O;
  /** Options that may be of several types, which the fit checks. */
  readonly checksItself?: readonly string[];
  /** What its fits have made ahead. */
  readonly itemMaker?: ItemMaker;
  /** Does a unit of work of its fits, in whatever thread. */
  readonly taskRunner?: TaskRunner;
  /**
   * Fits on `train`; `validation` serves early stopping and calibration only.
   * @throws InvalidDataError for NaN, an empty set or a width mismatch; DivergedError when the loss is no longer finite.
   */
  fit(train: LabelledMatrix, validation: LabelledMatrix, options: O, context: FitContext): Promise<Classifier>;
  /** @throws InvalidModelError when the bytes are not such a model. */
  load(bytes: Uint8Array, native: NativePaths): Promise<Classifier>;
}
