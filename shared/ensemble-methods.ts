/**
 * The registry of ensembles: each name is the file `ml/ensembles/<name>.ts`, whose export `method` is an EnsembleKind. The build makes
 * the step `combine-<name>` of each, so that an edit to one of them re-runs no other.
 */
export const ENSEMBLE_METHODS = ['soft-vote', 'weighted-vote', 'hard-vote', 'greedy', 'log-pool', 'stack-logistic', 'stack-xgboost'] as const;
export type EnsembleMethod = (typeof ENSEMBLE_METHODS)[number];

/** The name under which the run's best ensemble is reported. */
export const ENSEMBLE = 'ensemble';

/** An ensemble fitted on out-of-fold rows is reported under its method's name with this behind it. */
export const OUT_OF_FOLD = '-oof';

/** Every name that an ensemble is reported under, or kind that it is of. */
export const ENSEMBLE_NAMES: readonly string[] = [ENSEMBLE, ...ENSEMBLE_METHODS, ...ENSEMBLE_METHODS.map((method) => `${method}${OUT_OF_FOLD}`)];
