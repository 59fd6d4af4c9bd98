import type { FitSummary } from '../shared/contracts/steps.js';
import type { CountedStep, StepResult } from '../shared/step.js';
import type { Candidate } from './candidate.js';

/** The answer of a fit. */
export type Fit = StepResult<FitSummary>;

/** What the workflow `trainModel` returns. */
export interface TrainedModel {
  readonly candidate: Candidate;
  /** Its steps, for the run's stage and its record. */
  readonly steps: readonly CountedStep[];
  /** What people should know of this training; empty mostly. */
  readonly note: string;
}
