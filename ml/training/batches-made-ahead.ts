import type { ItemMaker, MakeAhead } from '../../shared/made-ahead.js';
import { createBatchMaker } from './batch-maker.js';
import { batchBytes, batchOn } from './batch-memory.js';
import type { BatchPlan } from './batch-plan.js';
import type { OpenBatches } from './batch-source.js';

/** The source whose batches another thread makes ahead, which runs `batchItems`. */
export function batchesMadeAhead(makeAhead: MakeAhead): OpenBatches {
  return ({ x, labels }, plan, steps) => {
    const memory = new Uint8Array(batchBytes(plan));
    const batch = batchOn(memory.buffer, plan);
    const items = makeAhead({ task: { plan, rows: x.rows }, arrays: { images: x.data, labels }, itemBytes: memory.length, count: steps });
    return {
      async next(step) {
        await items.take(step, memory);
        return batch;
      },
      close: () => items.close(),
    };
  };
}

/** Makes the batches of a plan, one an item. */
export const batchItems: ItemMaker = ({ task, arrays: { images, labels } }) => {
  const { plan, rows } = task as { readonly plan: BatchPlan; readonly rows: number };
  const x = { rows, columns: plan.side * plan.side, data: images };
  const make = createBatchMaker({ x, labels: labels as Uint8Array }, plan);
  return (step, item) => make(step, batchOn(item, plan));
};
