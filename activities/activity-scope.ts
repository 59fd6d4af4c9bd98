import { Context } from '@temporalio/activity';
import { ComputeCrashedError } from '../shared/errors.js';
import type { StepScope } from './step-deps.js';

/** The scope of the Temporal activity that is running. */
export function activityScope(): StepScope {
  const context = Context.current();
  const { attempt, heartbeatTimeoutMs } = context.info;
  return {
    signal: context.cancellationSignal,
    heartbeat: (details) => context.heartbeat(details),
    attempt,
    ...(heartbeatTimeoutMs ? { heartbeatTimeoutMs } : {}),
  };
}

/**
 * Runs an activity's work so that a worker's shutdown ends in a failure that is retried elsewhere: answered as a cancellation,
 * which it is not, the server would take it for the user's wish.
 */
export async function retriedAfterShutdown<T>(work: () => Promise<T>): Promise<T> {
  const { cancellationSignal } = Context.current();
  try {
    return await work();
  } catch (error) {
    const reason: unknown = cancellationSignal.reason;
    if (reason instanceof Error && reason.message === 'WORKER_SHUTDOWN') {
      throw new ComputeCrashedError('The worker shut down before the step was finished. Another attempt goes on from its last checkpoint.', { cause: error });
    }
    throw error;
  }
}
