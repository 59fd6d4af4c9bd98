import { setTimeout as sleep } from 'node:timers/promises';
import type { Client, WorkflowExecutionDescription } from '@temporalio/client';
import type { RunProgress } from '../shared/run.js';
import { PROGRESS_QUERY } from '../shared/run.js';
import { isPassing, withPatience } from './with-patience.js';

/** A look at a run. */
export interface RunSnapshot {
  readonly runId: string;
  /** Temporal's word, in lower case: running, completed, failed, cancelled, terminated, timed_out. */
  readonly state: string;
  /** The newest progress; absent until a worker has answered once. */
  readonly progress?: RunProgress;
  /** Steps that are being tried again, and why. */
  readonly retries: readonly StepRetry[];
}

/** A step whose last attempt failed. */
export interface StepRetry {
  readonly activity: string;
  /** The attempt that runs or waits now. */
  readonly attempt: number;
  readonly lastFailure: string;
}

/** How to watch. */
export interface WatchOptions {
  /** @default 500 */
  readonly everyMs?: number;
  readonly signal?: AbortSignal;
}

const QUERY_DEADLINE_MS = 5_000;
const LOOKS_PER_DESCRIPTION = 4;

/**
 * Looks at a run again and again until it has ended; the last look shows the end. A server that is away, or a run that no
 * worker serves for the moment, only makes the looks rarer.
 */
export async function* watchRun(client: Client, runId: string, { everyMs = 500, signal }: WatchOptions = {}): AsyncGenerator<RunSnapshot> {
  const patience = signal ? { signal } : {};
  let progress: RunProgress | undefined;
  let retries: readonly StepRetry[] = [];
  for (let look = 0; ; look++) {
    const description = await withPatience(() => client.workflow.getHandle(runId).describe(), patience);
    const state = description.status.name.toLowerCase();
    progress = (await askedNow<RunProgress>(client, runId, PROGRESS_QUERY)) ?? progress;
    if (look % LOOKS_PER_DESCRIPTION === 0) retries = await retriesOf(client, description, progress);
    const running = state === 'running';
    yield { runId, state, retries: running ? retries : [], ...(progress && { progress }) };
    if (!running) return;
    await sleep(everyMs, undefined, signal ? { signal } : {});
  }
}

/** The answer of a workflow's query; undefined when nobody can answer now. */
export async function askedNow<T>(client: Client, workflowId: string, query: string): Promise<T | undefined> {
  try {
    return await client.withDeadline(Date.now() + QUERY_DEADLINE_MS, () => client.workflow.getHandle(workflowId).query<T>(query));
  } catch (error) {
    if (isPassing(error) || isUnanswered(error)) return undefined;
    throw error;
  }
}

/** No worker polls the queue, or its first task has not run yet. */
function isUnanswered(error: unknown): boolean {
  return error instanceof Error && (error.name === 'QueryNotRegisteredError' || /no poller|not ready|failed precondition/i.test(`${error.message} ${String(error.cause ?? '')}`));
}

async function retriesOf(client: Client, run: WorkflowExecutionDescription, progress: RunProgress | undefined): Promise<StepRetry[]> {
  // A model waits until its training tells something: one that fails before that is tried again as well.
  const trains = progress?.stages.some(({ name, state }) => name === 'train' && state === 'running') ?? false;
  const training = trains ? (progress?.models ?? []).filter(({ state }) => state === 'running' || state === 'waiting').map(({ name }) => `${run.workflowId}-train-${name}`) : [];
  const children = await Promise.all(training.map((id) => describeIfThere(client, id)));
  return [run, ...children].flatMap((workflow) => (workflow?.raw.pendingActivities ?? []).flatMap(({ activityType, attempt, lastFailure }) =>
    lastFailure && (attempt ?? 1) > 1
      ? [{ activity: activityType?.name ?? 'a step', attempt: attempt ?? 1, lastFailure: lastFailure.message ?? 'no reason given' }]
      : []));
}

async function describeIfThere(client: Client, workflowId: string): Promise<WorkflowExecutionDescription | undefined> {
  try {
    return await client.workflow.getHandle(workflowId).describe();
  } catch (error) {
    if (isPassing(error) || (error instanceof Error && error.name === 'WorkflowNotFoundError')) return undefined;
    throw error;
  }
}
