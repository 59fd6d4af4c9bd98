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
  /** Images that the confident joint counts as another digit than their label. */
  readonly found: number;
  /** All images whose label is not the most probable digit, of which `candidates` are the first. */
  readonly ranked: number;
  /** Likeliest errors first. */
  readonly candidates: readonly LabelCandidate[];
}
