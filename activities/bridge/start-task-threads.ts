import { fileURLToPath } from 'node:url';
import pLimit from 'p-limit';
import { Piscina } from 'piscina';
import { ComputeCrashedError } from '../../shared/errors.js';
import type { ParallelTask, StartTaskThreads } from '../../shared/parallel-tasks.js';
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
      minThreads: threads, maxThreads: threads, idleTimeout: 60_000,
      workerData: { entry, counter } satisfies TaskThreadData,
    });
    const ticks = new Int32Array(counter);
    let seen = 0;
    const looking = setInterval(() => {
      const now = Atomics.load(ticks, 0);
      if (now !== seen) onTick();
      seen = now;
    }, LOOK_MS);
    const limit = pLimit(threads);
    const working = new Set<Promise<TaskMessage>>();
    return {
      run: (task) =>
        limit(async () => {
          const answer = answerOf(pool, task);
          working.add(answer);
          const message = await answer.finally(() => working.delete(answer));
          if (message.type === 'error') throw remoteError(message);
          return message.answer;
        }),
      async close() {
        clearInterval(looking);
        limit.clearQueue();
        await Promise.allSettled(working); // Node aborts the process when a thread is ended while it loads a module
        await pool.destroy();
      },
    };
  };
}

async function answerOf(pool: Piscina, task: ParallelTask): Promise<TaskMessage> {
  try {
    return (await pool.run(task, { filename: TASK_MAIN })) as TaskMessage; // loaded by the thread that has work, not ahead
  } catch (error) {
    throw new ComputeCrashedError(`A thread of the step ended without an answer: ${(error as Error).message}`, { cause: error });
  }
}
