import { meanLinearLoss } from './mean-linear-loss.js';
import type { PaddedRows } from './mean-linear-loss.js';
import { SOFTMAX_CROSS_ENTROPY } from './softmax-cross-entropy.js';

/**
 * Mean cross-entropy of softmax(x W) and its gradient.
 * @param weights float64 [stride, 10]
 * @param gradient float64 [stride, 10], overwritten
 */
export function softmaxLoss(rows: PaddedRows, labels: Uint8Array, weights: Float64Array, gradient: Float64Array): number {
  return meanLinearLoss(rows, labels, weights, gradient, SOFTMAX_CROSS_ENTROPY);
}
