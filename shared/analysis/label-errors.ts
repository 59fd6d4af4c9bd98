import type { ConfidentFigures, LabelCandidate } from './label-candidate.js';

/** The `labelErrors` artifact (JSON): training labels that look wrong, by models that did not see them. */
export interface LabelErrors {
  readonly kind: 'label-errors';
  /** The kind of model that made the probabilities, and in how many folds. */
  readonly model: string;
  readonly folds: number;
  readonly rows: number;
  /** Of the out-of-fold predictions against the given labels. */
  readonly accuracy: number;
  readonly logLoss: number;
  readonly confident: ConfidentFigures;
  /** All candidates that there are, of which `candidates` are the first. */
  readonly found: number;
  /** Likeliest errors first. */
  readonly candidates: readonly LabelCandidate[];
}
