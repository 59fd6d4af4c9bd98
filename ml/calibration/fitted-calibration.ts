import type { CalibrationSummary, ConformalScoreName } from '../../shared/calibration.js';
import type { Calibrator } from './calibrator.js';

/** What is known of one model's probabilities: how to correct them, when to reject, and which other classes an image may show. */
export interface FittedCalibration {
  readonly calibrator: Calibrator;
  readonly summary: CalibrationSummary;
  readonly alphas: readonly number[];
  /** [alphas][classes], on calibrated probabilities; Infinity where there were too few rows for an alpha. */
  readonly thresholds: Readonly<Record<ConformalScoreName, readonly (readonly number[])[]>>;
}
