import type { ModelEvaluation } from '../../shared/metrics.js';
import type { Matrix } from '../matrix.js';

/** How well confidence agrees with accuracy. */
export interface Calibration {
  /** Expected calibration error: the mean gap between confidence and accuracy, bins weighted by their rows. */
  readonly ece: number;
  /** The bins that hold rows, in order of confidence. */
  readonly reliability: ModelEvaluation['reliability'];
}

/**
 * Expected calibration error and reliability diagram over equal-width bins (lower, upper] of the largest probability
 * (Guo et al., "On Calibration of Modern Neural Networks", 2017).
 */
export function calibration(proba: Matrix<Float32Array>, predicted: Uint8Array, labels: Uint8Array, bins = 15): Calibration {
  const confidence = new Float64Array(bins);
  const hits = new Float64Array(bins);
  const counts = new Float64Array(bins);
  for (let row = 0; row < labels.length; row++) {
    const sure = proba.data[row * proba.columns + predicted[row]];
    const bin = Math.min(bins - 1, Math.max(0, Math.ceil(sure * bins) - 1));
    confidence[bin] += sure;
    hits[bin] += predicted[row] === labels[row] ? 1 : 0;
    counts[bin]++;
  }
  let ece = 0;
  const reliability: { confidence: number; accuracy: number; count: number }[] = [];
  for (let bin = 0; bin < bins; bin++) {
    if (counts[bin] === 0) continue;
    ece += Math.abs(confidence[bin] - hits[bin]) / labels.length;
    reliability.push({ confidence: confidence[bin] / counts[bin], accuracy: hits[bin] / counts[bin], count: counts[bin] });
  }
  return { ece, reliability };
}
