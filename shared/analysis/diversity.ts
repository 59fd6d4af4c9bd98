import type { EnsembleMethod } from '../ensemble-methods.js';

/** How differently two models err (Kuncheva and Whitaker 2003). */
export interface PairDiversity {
  /** Yule's Q, in [-1, 1]: 0 for independent errors, above for common ones; null where no row tells (nobody errs, or one always does). */
  readonly q: number | null;
  /** Correlation of being right, in [-1, 1]; null where one of them is always right, or never. */
  readonly correlation: number | null;
  /** Share of the rows on which exactly one of them is right. */
  readonly disagreement: number;
  /** Share of the rows on which both are wrong. */
  readonly doubleFault: number;
}

/** What one base is and adds. */
export interface BaseContribution {
  readonly name: string;
  readonly accuracy: number;
  readonly logLoss: number;
  /** How much the ensemble's out-of-fold log-loss rises without it, in nats; below 0 it is better off without. Null where no ensemble is left. */
  readonly adds: number | null;
}

/** The `diversity` artifact (JSON): what the bases of the ensembles have in common, and what each adds, on the validation rows. */
export interface Diversity {
  readonly kind: 'diversity';
  readonly rows: number;
  /** The ensemble that judges what a base adds, and its out-of-fold log-loss with all of them. */
  readonly method: EnsembleMethod;
  readonly logLoss: number;
  /** Most useful first. */
  readonly bases: readonly BaseContribution[];
  /** Every pair once; `a` before `b` in the order of the run's models. */
  readonly pairs: readonly (PairDiversity & { readonly a: string; readonly b: string })[];
}
