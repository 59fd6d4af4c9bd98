import type { FitSummary, FittedModel } from '../shared/contracts/steps.js';
import type { StepResult } from '../shared/step.js';

/** The answer of a fit. */
export type Fit = StepResult<FitSummary>;

/** What the workflow `trainModel` returns. */
export interface TrainedModel {
  readonly fitted: FittedModel;
  readonly fit: Fit;
  /** The prediction of the test images. */
  readonly test: StepResult;
  /** What people should know of this training; empty mostly. */
  readonly note: string;
}
