import { Worker } from 'node:worker_threads';
import { ComputeCrashedError, InternalError } from '../../shared/errors.js';
import type { AheadItems, AheadJob, MakeAhead } from '../../shared/made-ahead.js';
import { COUNTERS } from './ahead-messages.js';
import type { AheadMessage, AheadThreadData } from './ahead-messages.js';
import { remoteError } from './remote-error.js';

const AHEAD_MAIN = new URL('./ahead-main.js', import.meta.url);
/** Items that lie ready at most: enough to bridge a pause of the making thread, a few MB of batches. */
const SLOTS = 8;

/**
 * Makes a step's items ahead in one thread that loads the step's own bundle, so that what is made belongs to the step's code
 * version. The items come through a ring of shared buffers; the thread makes as many as there are slots and then sleeps.
 * @param entry URL of the step's module.
 */
export function makeItemsAhead(entry: string): MakeAhead {
  return (job) => {
    const shared: AheadJob = { ...job, arrays: Object.fromEntries(Object.entries(job.arrays).map(([name, array]) => [name, inSharedMemory(array)])) };
    const slots = Array.from({ length: SLOTS }, () => new SharedArrayBuffer(job.itemBytes));
    let thread: ItemThread | undefined;
    let next = -1;
    return {
      async take(index, into) {
        if (index < 0 || index >= job.count) throw new InternalError(`Item ${index} was asked for, of a job of ${job.count}.`);
        if (!thread || index !== next) {
          await thread?.end();
          thread = startThread({ entry, job: shared, slots, counters: new SharedArrayBuffer(4 * COUNTERS.length), from: index });
        }
        await thread.made(index);
        into.set(new Uint8Array(slots[index % SLOTS] as SharedArrayBuffer));
        next = index + 1;
      },
      async close() {
        await thread?.end();
        thread = undefined;
      },
    } satisfies AheadItems;
  };
}

interface ItemThread {
  /** Resolves when an item is made; all items before it may be overwritten. */
  made(index: number): Promise<void>;
  end(): Promise<void>;
}

function startThread(data: AheadThreadData): ItemThread {
  const counts = new Int32Array(data.counters);
  Atomics.store(counts, COUNTERS.wanted, data.from);
  const worker = new Worker(AHEAD_MAIN, { workerData: data, name: 'items ahead' });
  let failure: Error | undefined;
  let wake = (): void => undefined;
  const fail = (error: Error): void => {
    failure ??= error;
    wake();
  };
  worker.on('message', (message: AheadMessage) => (message.type === 'made' ? wake() : fail(remoteError(message))));
  worker.on('error', (error) => fail(new ComputeCrashedError(`The thread that makes items ahead ended: ${error.message}`, { cause: error })));
  worker.on('exit', (code) => {
    if (Atomics.load(counts, COUNTERS.made) < data.job.count) fail(new ComputeCrashedError(`The thread that makes items ahead ended with code ${code}.`));
  });
  return {
    async made(index) {
      Atomics.store(counts, COUNTERS.wanted, index);
      Atomics.notify(counts, COUNTERS.wanted);
      while (Atomics.load(counts, COUNTERS.made) <= index) {
        if (failure) throw failure;
        await new Promise<void>((resolve) => (wake = resolve));
      }
    },
    async end() {
      await worker.terminate();
    },
  };
}

function inSharedMemory<T extends Uint8Array | Float32Array>(array: T): T {
  const memory = new SharedArrayBuffer(array.byteLength);
  const copy = array instanceof Uint8Array ? new Uint8Array(memory) : new Float32Array(memory);
  copy.set(array);
  return copy as T;
}
