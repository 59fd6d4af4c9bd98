import * as errors from '../../../shared/errors.js';
import type { StepFunction } from '../../../shared/step.js';

interface Task {
  /** Item at which the thread throws, ends, or never comes back. */
  readonly throwAt?: number;
  readonly exitAt?: number;
  readonly hangAt?: number;
}

/** A step that reads `params.count` items of eight bytes made ahead and gives them back, one after the other. */
const countItems: StepFunction = async ({ params }, { makeAhead, progress }) => {
  const count = Number(params['count']);
  const items = makeAhead?.({ task: params, arrays: { first: Uint8Array.of(100) }, itemBytes: 8, count });
  const bytes = new Uint8Array(8 * count);
  try {
    for (let index = Number(params['from'] ?? 0); index < count; index++) {
      await items?.take(index, bytes.subarray(8 * index, 8 * index + 8));
      progress({ fraction: (index + 1) / count });
    }
  } finally {
    await items?.close();
  }
  return { outputs: { items: { bytes, mediaType: 'application/octet-stream' } }, summary: {} };
};

/** Item i is filled with the number 100 + i. */
export default Object.assign(countItems, {
  itemMaker: (({ task, arrays }) => {
    const { throwAt, exitAt, hangAt } = task as Task;
    return (index, item) => {
      if (index === throwAt) throw new errors.DivergedError('told to');
      if (index === exitAt) process.exit(3);
      while (index === hangAt); // until it is ended from outside
      new Uint8Array(item).fill((arrays['first']?.[0] ?? 0) + index);
    };
  }) satisfies StepFunction['itemMaker'],
});
