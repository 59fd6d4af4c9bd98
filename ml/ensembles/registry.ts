import type { EnsembleMethod } from '../../shared/ensemble-methods.js';
import type { EnsembleKind } from './ensemble.js';
import { method as greedy } from './greedy.js';
import { method as hardVote } from './hard-vote.js';
import { method as logPool } from './log-pool.js';
import { method as softVote } from './soft-vote.js';
import { method as stackLogistic } from './stack-logistic.js';
import { method as stackXgboost } from './stack-xgboost.js';
import { method as weightedVote } from './weighted-vote.js';

/** Every kind of ensemble, by its name. */
export const ENSEMBLES: Readonly<Record<EnsembleMethod, EnsembleKind<object>>> = {
  'soft-vote': softVote, 'weighted-vote': weightedVote, 'hard-vote': hardVote, greedy, 'log-pool': logPool,
  'stack-logistic': stackLogistic, 'stack-xgboost': stackXgboost,
};
