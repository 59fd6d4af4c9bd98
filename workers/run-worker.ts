import { NativeConnection, Runtime, Worker } from '@temporalio/worker';
import type { WorkerOptions } from '@temporalio/worker';
import { pino } from 'pino';
import type { Logger } from 'pino';
import { InvalidConfigError } from '../shared/errors.js';
import type { TaskQueue } from '../shared/task-queues.js';
import { parseSettings } from './parse-settings.js';
import type { WorkerSettings } from './parse-settings.js';
import { temporalLogger } from './temporal-logger.js';

/** What distinguishes one worker from another. */
export interface WorkerParts {
  readonly options: Partial<WorkerOptions>;
  close(): Promise<void>;
}

/** Time for running steps to finish before they are cancelled. */
const GRACE_MS = 3_000;
/** The longest that a shutdown takes. */
const FORCE_MS = 9_000;
/** The longest that a cancellation waits for the next heartbeat to carry it. */
const HEARTBEAT_THROTTLE_MS = 2_000;

/**
 * Runs the worker of one queue until SIGTERM or SIGINT, then drains it: running steps get a moment to finish, are cancelled,
 * and are retried elsewhere. Exit codes: 0 after a shutdown, 1 after a failure, 2 for settings that cannot be used.
 */
export async function runWorker(queue: TaskQueue, build: (settings: WorkerSettings, connection: NativeConnection, log: Logger) => Promise<WorkerParts>): Promise<never> {
  const log = pino({ base: { queue, pid: process.pid } });
  try {
    Runtime.install({ logger: temporalLogger(log), telemetryOptions: { logging: { filter: 'warn' } } });
    const settings = parseSettings(process.argv.slice(2), process.env);
    const { address, namespace } = settings.temporal;
    const connection = await NativeConnection.connect({ address });
    const { options, close } = await build(settings, connection, log);
    const worker = await Worker.create({
      connection, namespace, taskQueue: queue, identity: `${queue}-${process.pid}`,
      shutdownGraceTime: GRACE_MS, shutdownForceTime: FORCE_MS,
      maxHeartbeatThrottleInterval: HEARTBEAT_THROTTLE_MS, defaultHeartbeatThrottleInterval: HEARTBEAT_THROTTLE_MS,
      ...options,
    });
    log.info({ address, namespace }, 'worker started');
    await worker.run();
    await close();
    await connection.close();
    log.info('worker stopped');
  } catch (error) {
    log.error({ err: error }, 'worker failed');
    if (error instanceof InvalidConfigError) process.stderr.write(`${error.message}\n`);
    process.exit(error instanceof InvalidConfigError ? 2 : 1);
  }
  // What a foreign library or an open socket still holds must not keep a stopped worker alive.
  process.exit(0);
}
