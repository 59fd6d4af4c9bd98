import type { Client } from '@temporalio/client';
import { WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@temporalio/client';
import type { ArtifactRef } from '../shared/artifact.js';
import type { PipelineConfig } from '../shared/config.js';
import { InvalidConfigError, NotFoundError } from '../shared/errors.js';
import type { PointersState } from '../shared/pointers.js';
import { LATEST } from '../shared/pointers.js';
import type { RunHeadline, RunResult, SourceFile } from '../shared/run.js';
import { POINTERS_QUERY, POINTERS_WORKFLOW_ID } from '../shared/run.js';
import type { RunArguments } from '../shared/run-arguments.js';
import { runArguments } from '../shared/run-arguments.js';
import { TASK_QUEUES } from '../shared/task-queues.js';
import type { ArtifactStore } from '../storage/artifact-store.js';
import type { CacheExplanation } from '../storage/explain-cache.js';
import { explainCache } from '../storage/explain-cache.js';
import { readRunManifest } from '../storage/manifest.js';
import type { ModelFit } from './fits-of-run.js';
import { fitsOfRun } from './fits-of-run.js';
import type { RunSummary } from './list-runs.js';
import { listRuns } from './list-runs.js';
import { newRunId } from './run-id.js';
import type { RunOutcome } from './run-outcome.js';
import { outcomeOf } from './run-outcome.js';
import type { NewSchedule, ScheduleInfo } from './schedules.js';
import { changeSchedule, createSchedule, listSchedules } from './schedules.js';
import { Searches } from './searches.js';
import { storeInitialWeights } from './store-initial-weights.js';
import { uploadSource } from './upload-source.js';
import type { RunSnapshot, WatchOptions } from './watch-run.js';
import { watchRun } from './watch-run.js';
import { withPatience } from './with-patience.js';

type Pipeline = (...args: RunArguments) => Promise<RunHeadline>;

/** Runs, their results and their schedules, in the domain's words. Made by `connect`. */
export class DigitloomClient {
  readonly #temporal: Client;
  readonly #store: ArtifactStore;
  readonly #close: () => Promise<void>;

  constructor(temporal: Client, store: ArtifactStore, close: () => Promise<void>) {
    this.#temporal = temporal;
    this.#store = store;
    this.#close = close;
  }

  /** The artifact store, for what a verb does in process. */
  get store(): ArtifactStore {
    return this.#store;
  }

  /** Puts a data set's files into the store. @throws InvalidDataError when there is none at these paths. */
  async uploadSource(paths: readonly string[]): Promise<SourceFile[]> {
    return uploadSource(this.#store, paths);
  }

  /** Starts a run and returns its id. @throws InvalidConfigError when the id is taken, or a file that the settings name cannot be read. */
  async startRun(given: PipelineConfig, source: readonly SourceFile[], runId: string = newRunId()): Promise<string> {
    const config = await storeInitialWeights(this.#store, given);
    try {
      await this.#temporal.workflow.start<Pipeline>('pipeline', {
        workflowId: runId,
        taskQueue: TASK_QUEUES.pipeline,
        workflowIdReusePolicy: 'REJECT_DUPLICATE',
        staticSummary: `${config.preset} on ${source.map(({ name }) => name).join(', ')}`.slice(0, 150),
        args: runArguments({ runId, config, source }),
      });
    } catch (error) {
      if (error instanceof WorkflowExecutionAlreadyStartedError) throw new InvalidConfigError(`There is a run "${runId}" already.`, { cause: error });
      throw error;
    }
    return runId;
  }

  /** Looks at a run until it has ended. @throws NotFoundError when there is no such run. */
  async *watchRun(runId: string, options: WatchOptions = {}): AsyncGenerator<RunSnapshot> {
    try {
      yield* watchRun(this.#temporal, runId, options);
    } catch (error) {
      throw this.#named(runId, error);
    }
  }

  /** One look at a run. @throws NotFoundError when there is no such run. */
  async status(runId: string): Promise<RunSnapshot> {
    for await (const snapshot of this.watchRun(runId)) return snapshot;
    throw new NotFoundError(`Run "${runId}" gave no answer.`);
  }

  /** Waits for the end of a run; its result comes from the store. @throws NotFoundError when there is no such run, or the store has no record of it. */
  async outcome(runId: string): Promise<RunOutcome> {
    try {
      await withPatience(() => this.#temporal.workflow.getHandle<Pipeline>(runId).result());
    } catch (error) {
      return outcomeOf(this.#named(runId, error));
    }
    return { state: 'completed', result: await this.recordedResult(runId) };
  }

  /** Asks a run to end; what it computed so far stays in the store. One that has ended is left as it is. @throws NotFoundError when there is no such run. */
  async cancelRun(runId: string): Promise<void> {
    try {
      await this.#temporal.workflow.getHandle(runId).cancel();
    } catch (error) {
      throw this.#named(runId, error);
    }
  }

  async listRuns(limit?: number): Promise<RunSummary[]> {
    return listRuns(this.#temporal, limit);
  }

  /** The recorded result of a finished run. @throws NotFoundError when there is none. */
  async recordedResult(runId: string): Promise<RunResult> {
    const run = await readRunManifest(this.#store, runId);
    if (run?.state) throw new NotFoundError(`Run "${runId}" has no result: it ${run.state === 'failed' ? 'failed' : 'was cancelled'}. What it computed is in the store; start it again to go on from there.`);
    if (run) return run;
    throw new NotFoundError(`There is no record of run "${runId}" in this store: it has not finished, or the store is another one.`);
  }

  /** What the pointers name, and their last moves; both empty before the first run has finished. */
  async pointers(): Promise<PointersState> {
    try {
      return await this.#temporal.workflow.getHandle(POINTERS_WORKFLOW_ID).query<PointersState>(POINTERS_QUERY);
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return { pointers: {}, moves: [] };
      throw error;
    }
  }

  /** The id of the newest finished run. @throws NotFoundError when no run has finished. */
  async latestRun(): Promise<string> {
    const runId = (await this.pointers()).pointers[LATEST];
    if (runId !== undefined) return runId;
    throw new NotFoundError('No run has finished yet. Start one with `digitloom run`.');
  }

  /** The bytes of an artifact, verified. */
  async artifact(ref: ArtifactRef): Promise<Uint8Array> {
    return this.#store.get(ref);
  }

  /** What the fits of a run's models said of themselves. @throws NotFoundError when there is no record of the run. */
  async fits(runId: string): Promise<ModelFit[]> {
    return fitsOfRun(this.#store, runId);
  }

  /** Why a step of a run was computed anew: what differs from another run's key, or from the nearest in the store. */
  async explainCache(runId: string, step: string, otherRunId?: string): Promise<CacheExplanation[]> {
    return explainCache(this.#store, runId, step, otherRunId);
  }

  /** Searches for hyper-parameters. */
  get searches(): Searches {
    return new Searches(this.#temporal, this.#store);
  }

  async createSchedule(schedule: NewSchedule): Promise<void> {
    return createSchedule(this.#temporal, { ...schedule, config: await storeInitialWeights(this.#store, schedule.config) });
  }

  async listSchedules(): Promise<ScheduleInfo[]> {
    return listSchedules(this.#temporal);
  }

  async changeSchedule(id: string, change: 'pause' | 'resume' | 'trigger' | 'delete'): Promise<void> {
    return changeSchedule(this.#temporal, id, change);
  }

  async close(): Promise<void> {
    return this.#close();
  }

  #named(runId: string, error: unknown): unknown {
    if (!(error instanceof WorkflowNotFoundError)) return error;
    return new NotFoundError(`There is no run "${runId}". \`digitloom status\` lists the runs.`, { cause: error });
  }
}
