import { Connection } from '@temporalio/client';

// temporal.api.enums.v1.TaskQueueType
const WORKFLOW = 1;
const ACTIVITY = 2;

/** Waits for workers: says which of the queues have a worker that asked for work at or after a moment (ms since 1970). */
export interface PollerWatch {
  polled(queues: readonly string[], since: number): Promise<string[]>;
  close(): Promise<void>;
}

/** Watches the task queues of a Temporal server that answers. */
export async function watchPollers(address: string, namespace: string): Promise<PollerWatch> {
  const connection = await Connection.connect({ address });
  const lastPoll = async (name: string, taskQueueType: number): Promise<number> => {
    const { pollers } = await connection.workflowService.describeTaskQueue({ namespace, taskQueue: { name }, taskQueueType });
    return Math.max(0, ...(pollers ?? []).map(({ lastAccessTime }) => Number(lastAccessTime?.seconds ?? 0) * 1000 + (lastAccessTime?.nanos ?? 0) / 1e6));
  };
  return {
    async polled(queues, since) {
      const times = await Promise.all(queues.map(async (queue) => Math.max(await lastPoll(queue, WORKFLOW), await lastPoll(queue, ACTIVITY))));
      return queues.filter((_, i) => (times[i] ?? 0) >= since);
    },
    close: () => connection.close(),
  };
}
