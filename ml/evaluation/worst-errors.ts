import type { ModelEvaluation } from '../../shared/metrics.js';
import type { Matrix } from '../matrix.js';

/** The rows that a model gets wrong with most confidence, surest first. */
export function worstErrors(proba: Matrix<Float32Array>, predicted: Uint8Array, labels: Uint8Array, limit: number): ModelEvaluation['errors'] {
  const errors: { row: number; actual: number; predicted: number; confidence: number }[] = [];
  for (let row = 0; row < labels.length; row++) {
    if (predicted[row] === labels[row]) continue;
    errors.push({ row, actual: labels[row], predicted: predicted[row], confidence: proba.data[row * proba.columns + predicted[row]] });
  }
  return errors.sort((a, b) => b.confidence - a.confidence || a.row - b.row).slice(0, limit);
}
