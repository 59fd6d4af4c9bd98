import type { Client, ScheduleOptions } from '@temporalio/client';
import { ScheduleAlreadyRunning, ScheduleNotFoundError } from '@temporalio/client';
import type { Duration } from '@temporalio/common';
import type { PipelineConfig } from '../shared/config.js';
import { InvalidConfigError, NotFoundError } from '../shared/errors.js';
import type { SourceFile } from '../shared/run.js';
import { runArguments } from '../shared/run-arguments.js';
import { TASK_QUEUES } from '../shared/task-queues.js';
import type { OverlapPolicy } from './overlap-policies.js';


/** A schedule to create. */
export interface NewSchedule {
  readonly id: string;
  readonly config: PipelineConfig;
  readonly source: readonly SourceFile[];
  /** A cron expression (UTC), or an interval such as `12h`. */
  readonly when: { readonly cron: string } | { readonly every: string };
  readonly overlap: OverlapPolicy;
  /** Runs that were missed while Temporal was away are made up for when they are no later than this. */
  readonly catchUpWindow: string;
  readonly pauseOnFailure: boolean;
  readonly paused?: boolean;
}

/** A schedule, as a list shows it. */
export interface ScheduleInfo {
  readonly id: string;
  readonly paused: boolean;
  readonly note?: string;
  readonly preset: string;
  readonly overlap: string;
  readonly catchUpWindowSeconds: number;
  readonly pauseOnFailure: boolean;
  readonly runs: number;
  readonly lastRunId?: string;
  readonly nextAt?: Date;
}

/**
 * Creates a schedule; its runs get ids of their own, `<id>-<time>`. Steps whose keys did not change are answered from the store.
 * @throws InvalidConfigError when the id is taken, or Temporal refuses the cron expression or interval.
 */
export async function createSchedule(client: Client, { id, config, source, when, overlap, catchUpWindow, pauseOnFailure, paused = false }: NewSchedule): Promise<void> {
  const options: ScheduleOptions = {
    scheduleId: id,
    spec: 'cron' in when ? { cronExpressions: [when.cron] } : { intervals: [{ every: when.every as Duration }] },
    action: { type: 'startWorkflow', workflowType: 'pipeline', workflowId: id, taskQueue: TASK_QUEUES.pipeline, args: runArguments({ runId: id, config, source }) },
    policies: { overlap, catchupWindow: catchUpWindow as Duration, pauseOnFailure },
    memo: { preset: config.preset },
    state: { paused },
  };
  try {
    await client.schedule.create(options);
  } catch (error) {
    if (error instanceof ScheduleAlreadyRunning) throw new InvalidConfigError(`There is a schedule "${id}" already. Delete it first, or name another one.`, { cause: error });
    const reason = messageOf(error);
    if (!REFUSED.test(reason)) throw error;
    throw new InvalidConfigError(`Schedule "${id}": ${reason}. Expected durations such as 90s, 15m, 12h or 7d, and a cron expression of five fields such as "0 3 * * *".`, { cause: error });
  }
}

const REFUSED = /invalid|cron|duration|interval|not in range/i;

function messageOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (!(cause instanceof Error)) return String(cause);
  return 'details' in cause && typeof cause.details === 'string' ? cause.details : cause.message;
}

/** All schedules of pipelines. */
export async function listSchedules(client: Client): Promise<ScheduleInfo[]> {
  const found: ScheduleInfo[] = [];
  for await (const { scheduleId, action } of client.schedule.list()) {
    if (action?.workflowType === 'pipeline') found.push(await describeSchedule(client, scheduleId));
  }
  return found.sort((a, b) => a.id.localeCompare(b.id));
}

/** One schedule. @throws NotFoundError when there is none of that id. */
export async function describeSchedule(client: Client, id: string): Promise<ScheduleInfo> {
  const { memo, policies, state: { paused, note }, info } = await known(id, client.schedule.getHandle(id).describe());
  const last = info.recentActions.at(-1)?.action.workflow.workflowId;
  const [nextAt] = info.nextActionTimes;
  return {
    id,
    paused,
    ...(note !== undefined && note !== '' && { note }),
    preset: String(memo?.['preset'] ?? ''),
    overlap: policies.overlap ?? 'SKIP',
    catchUpWindowSeconds: policies.catchupWindow / 1_000,
    pauseOnFailure: policies.pauseOnFailure,
    runs: info.numActionsTaken,
    ...(last !== undefined && { lastRunId: last }),
    ...(nextAt && !paused && { nextAt }),
  };
}

/** Pauses a schedule, resumes it, runs it now, or deletes it. @throws NotFoundError when there is none of that id. */
export async function changeSchedule(client: Client, id: string, change: 'pause' | 'resume' | 'trigger' | 'delete'): Promise<void> {
  const handle = client.schedule.getHandle(id);
  if (change === 'pause') await known(id, handle.pause('paused from the command line'));
  else if (change === 'resume') await known(id, handle.unpause('resumed from the command line'));
  else if (change === 'trigger') await known(id, handle.trigger());
  else await known(id, handle.delete());
}

async function known<T>(id: string, asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof ScheduleNotFoundError) throw new NotFoundError(`There is no schedule "${id}". \`digitloom schedule list\` shows those there are.`, { cause: error });
    throw error;
  }
}
