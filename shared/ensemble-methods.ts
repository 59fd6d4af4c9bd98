/**
 * The registry of ensembles: each name is the file `ml/ensembles/<name>.ts`, whose export `method` is an EnsembleKind. The build makes
 * the step `combine-<name>` of each, so that an edit to one of them re-runs no other.
 */
export const ENSEMBLE_METHODS = ['soft-vote', 'weighted-vote', 'hard-vote', 'greedy', 'log-pool', 'stack-logistic', 'stack-xgboost'] as const;
export type EnsembleMethod = (typeof ENSEMBLE_METHODS)[number];
