import type { EnsembleMethod } from '../../shared/ensemble-methods.js';
import type { ModelName } from '../../shared/model-names.js';

const JUMPING_KINDS: readonly ModelName[] = ['decision-tree', 'random-forest', 'extra-trees', 'bagging', 'ada-boost', 'xgboost', 'knn', 'bernoulli-nb'];
const JUMPING_METHODS: readonly EnsembleMethod[] = ['hard-vote', 'stack-xgboost'];

/** Whether the probabilities of a kind of model, or of an ensemble's method, jump where its input moves a little: trees, neighbours, votes. */
export function isJumping(kind: string): boolean {
  return [...JUMPING_KINDS, ...JUMPING_METHODS].some((jumping) => jumping === kind);
}
