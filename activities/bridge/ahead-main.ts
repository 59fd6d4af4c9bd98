import { parentPort, workerData } from 'node:worker_threads';
import { InternalError } from '../../shared/errors.js';
import type { StepFunction } from '../../shared/step.js';
import { COUNTERS } from './ahead-messages.js';
import type { AheadMessage, AheadThreadData } from './ahead-messages.js';

/*
 * Entry of the thread that makes a step's items ahead: it fills the slots in turn, sleeps while all of them hold items
 * that are not used yet, and is ended from outside when it is no longer needed.
 */

try {
  await makeItems(workerData as AheadThreadData);
} catch (error) {
  const { name, message, stack = '' } = error instanceof Error ? error : new Error(String(error));
  tell({ type: 'error', name, message, stack });
}

async function makeItems({ entry, job, slots, counters, from }: AheadThreadData): Promise<void> {
  const { default: step } = (await import(entry)) as { default: StepFunction };
  const write = step.itemMaker?.(job);
  if (!write) throw new InternalError(`${entry} has no itemMaker: its step was offered makeAhead all the same.`);
  const counts = new Int32Array(counters);
  for (let index = from; index < job.count; index++) {
    waitForSlot(counts, index - slots.length);
    write(index, slots[index % slots.length] as SharedArrayBuffer);
    Atomics.store(counts, COUNTERS.made, index + 1);
    // Whoever waits has said so before it looked at `made` a last time: one of the two sees the other's word.
    if (Atomics.load(counts, COUNTERS.wanted) === index) tell({ type: 'made' });
  }
}

/** Returns when the item that lies where the next one goes is done with. */
function waitForSlot(counts: Int32Array, held: number): void {
  for (let wanted = Atomics.load(counts, COUNTERS.wanted); wanted <= held; wanted = Atomics.load(counts, COUNTERS.wanted)) {
    Atomics.wait(counts, COUNTERS.wanted, wanted);
  }
}

function tell(message: AheadMessage): void {
  parentPort?.postMessage(message);
}
