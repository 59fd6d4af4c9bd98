import type { CalibrationMethod } from '../../shared/calibration.js';
import type { CalibratorKind } from './calibrator.js';
import { isotonicCalibration } from './isotonic-calibration.js';
import { plattScaling } from './platt-scaling.js';
import { temperatureScaling } from './temperature-scaling.js';
import { uncalibrated } from './uncalibrated.js';

/** Every method of calibration, by its name. */
export const CALIBRATORS: Readonly<Record<CalibrationMethod, CalibratorKind>> = {
  none: uncalibrated, temperature: temperatureScaling, platt: plattScaling, isotonic: isotonicCalibration,
};
