import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { TASK_QUEUES } from '../../shared/task-queues.js';
import { WORKFLOW_BUNDLE } from '../../workers/workflow-bundle.js';
import type { FakeActivities } from './fake-steps.js';
import type { TemporalServer, TemporalServerOptions } from './temporal-server.js';
import { startTemporalServer } from './temporal-server.js';

/** A server, a client and workers whose activities a test supplies. */
export interface WorkflowWorld {
  readonly server: TemporalServer;
  readonly client: Client;
  /** Runs `test` while workers answer on the pipeline queue and on `queues`, the latter with so many activities at a time. */
  withWorkers<T>(activities: FakeActivities, test: () => Promise<T>, queues?: readonly string[], slots?: number): Promise<T>;
  /** The same without a worker on the pipeline queue: the test brings its own. */
  withActivityWorkers<T>(activities: FakeActivities, test: () => Promise<T>): Promise<T>;
  stop(): Promise<void>;
}

const QUEUES: readonly string[] = [TASK_QUEUES.cpu, TASK_QUEUES.trainCpu];

/** Starts a server for the tests of one file. */
export async function startWorkflowWorld(options: TemporalServerOptions = {}): Promise<WorkflowWorld> {
  quietRuntime();
  const server = await startTemporalServer(options);
  const connection = await Connection.connect({ address: server.address });
  const native = await NativeConnection.connect({ address: server.address });

  const shared = { connection: native, shutdownGraceTime: '1s', shutdownForceTime: '5s' } as const;
  const whileRunning = async <T>(workers: readonly Worker[], test: () => Promise<T>): Promise<T> => {
    const running = workers.map((worker) => worker.run());
    try {
      return await test();
    } finally {
      for (const worker of workers) worker.shutdown();
      await Promise.all(running);
    }
  };
  const activityWorkers = (activities: FakeActivities, queues: readonly string[], slots?: number): Promise<Worker[]> =>
    Promise.all(queues.map((taskQueue) => Worker.create({ ...shared, taskQueue, activities, maxHeartbeatThrottleInterval: 500, ...(slots && { maxConcurrentActivityTaskExecutions: slots }) })));

  return {
    server,
    client: new Client({ connection }),
    async withWorkers(activities, test, queues = QUEUES, slots) {
      const workers = await Promise.all([Worker.create({ ...shared, taskQueue: TASK_QUEUES.pipeline, workflowBundle: { codePath: WORKFLOW_BUNDLE } }), activityWorkers(activities, queues, slots)]);
      return whileRunning(workers.flat(), test);
    },
    withActivityWorkers: async (activities, test) => whileRunning(await activityWorkers(activities, QUEUES), test),
    async stop() {
      await connection.close();
      await native.close();
      await server.stop();
    },
  };
}

let quiet = false;

/** Failures are part of these tests: the workers' warnings about them would bury the report. */
export function quietRuntime(): void {
  if (!quiet) Runtime.install({ logger: new DefaultLogger('ERROR'), shutdownSignals: [] });
  quiet = true;
}
