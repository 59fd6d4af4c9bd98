import type { PipelineDocument } from '../augment/pipeline-document.js';
import type { Schedule } from './schedule.js';

/** How a network is trained. */
export interface TrainerOptions {
  readonly seed: number;
  readonly epochs: number;
  readonly batchSize: number;
  readonly schedule: Schedule;
  /** See AdamOptions. */
  readonly weightDecay: number;
  /** Epochs without a better validation score before the training ends; 0 never ends early. */
  readonly patience: number;
  /** Height and width of the images. */
  readonly side: number;
  readonly classes: number;
  /** See BatchOptions. */
  readonly maxShift: number;
  /** Changes every image of every epoch, in place of the shifts. */
  readonly pipeline?: PipelineDocument;
  readonly labelSmoothing: number;
}
