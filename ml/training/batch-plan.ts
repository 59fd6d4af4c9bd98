import type { JsonObject } from '../../shared/json.js';
import type { PipelineDocument } from '../augment/pipeline-document.js';

/** All that decides what a step's batch holds, beside the rows: plain values, so that another thread can be told. */
export interface BatchPlan extends JsonObject {
  readonly seed: number;
  readonly batchSize: number;
  readonly stepsPerEpoch: number;
  readonly side: number;
  readonly classes: number;
  readonly labelSmoothing: number;
  /** See BatchOptions; not used where there is a pipeline. */
  readonly maxShift: number;
  /** Changes every image of every epoch; null for none. */
  readonly pipeline: PipelineDocument | null;
  /** See MixOptions. @default 0 */
  readonly mixup?: number;
  /** See MixOptions. @default 0 */
  readonly cutmix?: number;
  readonly dropouts: readonly DropoutPlan[];
}

/** What batches hold, whatever the training. */
export type BatchContents = Pick<BatchPlan, 'side' | 'classes' | 'labelSmoothing' | 'maxShift' | 'pipeline' | 'mixup' | 'cutmix'>;

/** One dropout layer: a type, since an interface is no JsonObject. */
export type DropoutPlan = { readonly rate: number; readonly width: number };
