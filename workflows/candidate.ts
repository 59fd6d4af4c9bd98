import type { CandidateHandle } from '../shared/contracts/candidates.js';

/**
 * Whatever answers with class probabilities and gets a row of the result table: a model, an ensemble, or a variant of a model.
 * Everything else that is known of it is in its entry, which the steps read by its handle.
 */
export interface Candidate {
  /** What steps are given of it. It is the same in a run and in its repetition. */
  readonly handle: CandidateHandle;
  /** `seed`: a model once more with another seed. It counts in the spread of its model and in ensembles, nowhere else. */
  readonly role: 'model' | 'seed' | 'ensemble' | 'variant';
  readonly validationAccuracy: number;
  /** Every step that led to it was answered from the store. */
  readonly cached: boolean;
}
