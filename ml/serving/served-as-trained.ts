import type { ModelName } from '../../shared/model-names.js';

/**
 * Kinds that are served by the code that trained them, since that was measured to be faster than ONNX Runtime for single images, or to
 * start without writing ten times the model (docs/decisions/2026-11-26-served-by-onnx-runtime.md has the figures).
 */
export const SERVED_AS_TRAINED: readonly ModelName[] = [
  'gaussian-nb', 'bernoulli-nb', 'qda', 'nearest-centroid', 'knn', 'decision-tree', 'random-forest', 'extra-trees', 'bagging', 'ada-boost',
];
