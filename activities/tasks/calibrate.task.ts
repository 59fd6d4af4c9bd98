import { encodeCalibration } from '../../ml/calibration/calibration-bytes.js';
import { fitCalibration } from '../../ml/calibration/fit-calibration.js';
import { decodeLabels } from '../../ml/data/decode-labels.js';
import { decodeProbabilities } from '../../ml/data/decode-probabilities.js';
import { MEDIA } from '../../shared/artifact.js';
import type { CalibrationConfig } from '../../shared/calibration.js';
import type { CalibrateSummary } from '../../shared/contracts/steps.js';
import type { StepFunction } from '../../shared/step.js';

interface CalibrateParams extends Pick<CalibrationConfig, 'methods' | 'risks' | 'alphas'> {
  /** The candidate, for errors. */
  readonly name: string;
  readonly validationRows: number;
}

/** Learns from a candidate's validation probabilities how to correct them, when to reject, and how large sets must be. */
const calibrate: StepFunction<CalibrateParams> = ({ params, seed, inputs }, hooks) => {
  const proba = decodeProbabilities(params.name, inputs['proba']?.[0]);
  const all = decodeLabels(inputs['labels']?.[0]);
  let ticks = 0;
  const fitted = fitCalibration(proba, all.subarray(all.length - params.validationRows), params, seed, () => {
    hooks.signal.throwIfAborted();
    hooks.progress({ fraction: 1 - 1 / (1 + ++ticks) });
  });
  hooks.progress({ fraction: 1 });
  const { method, description, before, after } = fitted.summary;
  const summary: CalibrateSummary = { method, description, logLossBefore: before.logLoss, logLossAfter: after.logLoss, eceBefore: before.ece, eceAfter: after.ece };
  return { outputs: { calibration: { bytes: encodeCalibration(fitted), mediaType: MEDIA.npz } }, summary };
};

export default calibrate;
