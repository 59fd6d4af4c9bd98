import { createBatchMaker } from './batch-maker.js';
import { batchBytes, batchOn } from './batch-memory.js';
import type { OpenBatches } from './batch-source.js';

/** The source that makes each batch when it is asked for, in the thread that trains. */
export const inlineBatches: OpenBatches = (train, plan) => {
  const make = createBatchMaker(train, plan);
  const batch = batchOn(new ArrayBuffer(batchBytes(plan)), plan);
  return {
    next(step) {
      make(step, batch);
      return batch;
    },
    close: () => Promise.resolve(),
  };
};
