import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import { ComputeCrashedError } from '../../shared/errors.js';
import type { StartTaskThreads } from '../../shared/parallel-tasks.js';
import { remoteError } from './remote-error.js';
import type { TaskMessage, TaskThreadData } from './task-messages.js';

const TASK_MAIN = fileURLToPath(new URL('./task-main.js', import.meta.url));
/** How often the counter that working threads raise is looked at. */
const LOOK_MS = 250;

/**
 * Piscina threads of a step's process, which load the step's own bundle and do its units of work: the work belongs to the step's
 * code version, and shared arrays are not copied.
 * @param entry URL of the step's module.
 */
export function startTaskThreads(entry: string): StartTaskThreads {
  return (threads, onTick) => {
    const counter = new SharedArrayBuffer(4);
    const pool = new Piscina({
      filename: TASK_MAIN, minThreads: threads, maxThreads: threads, idleTimeout: 60_000,
      workerData: { entry, counter } satisfies TaskThreadData,
    });
    const ticks = new Int32Array(counter);
    let seen = 0;
    const looking = setInterval(() => {
      const now = Atomics.load(ticks, 0);
      if (now !== seen) onTick();
      seen = now;
    }, LOOK_MS);
    return {
      async run(task) {
        const message = (await answered(pool, task)) as TaskMessage;
        if (message.type === 'error') throw remoteError(message);
        return message.answer;
      },
      async close() {
        clearInterval(looking);
        await pool.destroy();
      },
    };
  };
}

async function answered(pool: Piscina, task: unknown): Promise<unknown> {
  try {
    return await pool.run(task);
  } catch (error) {
    throw new ComputeCrashedError(`A thread of the step ended without an answer: ${(error as Error).message}`, { cause: error });
  }
}
