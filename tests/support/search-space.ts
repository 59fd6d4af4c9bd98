import type { SearchSpace } from '../../shared/search.js';

/** A search's document with its defaults, for tests. */
export function searchSpace(of: Partial<SearchSpace> = {}): SearchSpace {
  return {
    model: 'xgboost', params: { learningRate: { logUniform: [0.01, 1] }, maxDepth: { integer: [2, 9] } }, strategy: 'random', trials: 9, window: 3,
    metric: 'validationLogLoss', reduction: 3, maxFailures: 2, seed: 7, ...of,
  };
}
