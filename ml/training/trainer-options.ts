import type { BatchContents } from './batch-plan.js';
import type { Schedule } from './schedule.js';
import type { WeightAveraging } from './weight-averaging.js';

/** How a network is trained, beside what its engine knows. */
export interface TrainerOptions {
  readonly seed: number;
  readonly epochs: number;
  readonly batchSize: number;
  readonly schedule: Schedule;
  readonly averaging: WeightAveraging;
  /** Epochs without a better validation score before the training ends; 0 never ends early. */
  readonly patience: number;
  /** Before this epoch (1-based) the latest is kept, not the best. @default 0 */
  readonly chooseFrom?: number;
  /** What the batches hold. */
  readonly batches: BatchContents;
}
