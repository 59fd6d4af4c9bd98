import type { CalibrationMethod } from '../../shared/calibration.js';
import type { NpyArray } from '../data/npy.js';
import type { NpzEntry } from '../data/npz.js';
import type { Matrix } from '../matrix.js';

/** A fitted correction of class probabilities. */
export interface Calibrator {
  readonly method: CalibrationMethod;
  /** Classes, the columns of what it takes. */
  readonly columns: number;
  /** What it learnt, in a few words for people, e.g. `temperature 0.83`. */
  readonly description: string;
  /**
   * Calibrated probabilities: float32 [rows, columns] whose rows sum to one. A batch of one gives the row that the whole batch gives.
   * @throws InvalidModelError for another number of columns; InvalidDataError for NaN or what is no probability.
   */
  apply(proba: Matrix<Float32Array>): Matrix<Float32Array>;
  /** What it learnt, for an .npz; every name starts with `calibrator.`. */
  arrays(): Readonly<Record<string, NpzEntry>>;
}

/** A method of calibration. One file each. */
export interface CalibratorKind {
  readonly method: CalibrationMethod;
  /**
   * Fits on probabilities of rows that their model was not fitted on, and the labels of these rows. A class without rows is no error.
   * @throws InvalidDataError when there is no row, numbers differ, a label is no class, or a number is no probability.
   */
  fit(proba: Matrix<Float32Array>, labels: Uint8Array): Calibrator;
  /** @throws InvalidModelError when the arrays are not those of such a calibrator. */
  load(arrays: Readonly<Record<string, NpyArray>>): Calibrator;
}
