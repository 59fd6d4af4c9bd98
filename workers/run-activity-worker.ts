import type { TaskQueue } from '../shared/task-queues.js';
import { compose } from './compose.js';
import { runWorker } from './run-worker.js';

/** A worker that runs steps. */
export interface ActivityWorker {
  readonly queue: TaskQueue;
  readonly device: 'cpu' | 'gpu';
  /** Steps at once, where the device and not a setting decides it. */
  readonly slots?: number;
}

/** Runs a worker that has activities and no workflows. */
export function runActivityWorker({ queue, device, slots }: ActivityWorker): Promise<never> {
  return runWorker(queue, async (given, connection, log) => {
    const settings = slots === undefined ? given : { ...given, slots };
    const { activities, close } = await compose(settings, device, connection, log);
    return { options: { activities, maxConcurrentActivityTaskExecutions: settings.slots }, close };
  });
}
