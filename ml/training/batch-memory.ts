import type { BatchPlan } from './batch-plan.js';
import type { Batch } from './fill-batch.js';

/** A batch and the random masks of its step. */
export interface TrainingBatch extends Batch {
  /** For each dropout layer [size, width]: see fillDropoutMask. */
  readonly masks: readonly Float32Array[];
}

/** The bytes of one batch. */
export function batchBytes(plan: BatchPlan): number {
  return 4 * lengthsOf(plan).reduce((sum, length) => sum + length, 0);
}

/** A batch laid over memory of `batchBytes`: images, targets, masks, all float32. */
export function batchOn(memory: ArrayBufferLike, plan: BatchPlan): TrainingBatch {
  let used = 0;
  const [images, targets, ...masks] = lengthsOf(plan).map((length) => {
    const array = new Float32Array(memory, used, length);
    used += 4 * length;
    return array;
  });
  return { images, targets, masks };
}

function lengthsOf({ batchSize, side, classes, dropouts }: BatchPlan): number[] {
  return [side * side, classes, ...dropouts.map(({ width }) => width)].map((width) => batchSize * width);
}
