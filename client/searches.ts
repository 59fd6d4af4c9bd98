import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@temporalio/client';
import { InvalidConfigError, NotFoundError } from '../shared/errors.js';
import type { SourceFile } from '../shared/run.js';
import type { SearchHeadline, SearchInput, SearchProgress, SearchRecord, SearchSpace } from '../shared/search.js';
import { SEARCH_QUERY } from '../shared/search.js';
import { TASK_QUEUES } from '../shared/task-queues.js';
import type { ArtifactStore } from '../storage/artifact-store.js';
import { countSearchParts, readSearchRecord } from '../storage/search-documents.js';
import { ConfigProblemsError } from './config-problem.js';
import type { LoadedSearch } from './load-search.js';
import { newRunId } from './run-id.js';
import type { RunError } from './run-outcome.js';
import { outcomeOf } from './run-outcome.js';
import { schemaProblems } from './schema-problems.js';
import { searchProblems } from './search-problems.js';
import { storeInitialWeights } from './store-initial-weights.js';
import type { WatchOptions } from './watch-run.js';
import { askedNow } from './watch-run.js';
import { withPatience } from './with-patience.js';

type Search = (input: SearchInput) => Promise<SearchHeadline>;

/** A look at a search. */
export interface SearchSnapshot {
  readonly searchId: string;
  /** Temporal's word, in lower case: running, completed, failed, cancelled, terminated, timed_out. */
  readonly state: string;
  /** Absent until a worker has answered once. */
  readonly progress?: SearchProgress;
}

/** How a search ended. */
export type SearchOutcome =
  | { readonly state: 'completed'; readonly headline: SearchHeadline }
  | { readonly state: 'failed'; readonly error: RunError }
  | { readonly state: 'cancelled' | 'terminated' };

/** A search, as a list shows it. */
export interface SearchSummary {
  readonly searchId: string;
  readonly state: string;
  readonly startedAt: Date;
  readonly endedAt?: Date;
  readonly model?: string;
  readonly strategy?: string;
  readonly headline?: SearchHeadline;
}

/** What may be different when a search is taken up again. */
export type SearchChanges = Partial<Pick<SearchSpace, 'trials' | 'timeBudget' | 'maxFailures' | 'window'>>;

/** Searches for hyper-parameters, in the domain's words. */
export class Searches {
  readonly #temporal: Client;
  readonly #store: ArtifactStore;

  constructor(temporal: Client, store: ArtifactStore) {
    this.#temporal = temporal;
    this.#store = store;
  }

  /** Starts a search and returns its id. @throws InvalidConfigError when the id is taken. */
  async start({ space, config }: LoadedSearch, source: readonly SourceFile[], searchId: string = newRunId(new Date(), 'search')): Promise<string> {
    await this.#start({ searchId, space, config: await storeInitialWeights(this.#store, config), source, parts: 0 }, 'REJECT_DUPLICATE', `There is a search "${searchId}" already.`);
    return searchId;
  }

  /**
   * Goes on with a search that was cancelled, failed, ran out of time or was lost; or with one that has finished, when it gets more trials.
   * What its log holds is not fitted again; its time budget begins anew.
   * @throws NotFoundError when there is no record of it; InvalidConfigError while it runs, when nothing is left to do, or for changes that cannot be.
   */
  async resume(searchId: string, changes: SearchChanges = {}): Promise<void> {
    const { config, source, state, space: before } = await this.record(searchId);
    if (state === 'finished' && !(changes.trials !== undefined && changes.trials > before.trials)) {
      throw new InvalidConfigError(`Search "${searchId}" has finished with its ${before.trials} trials. Give it more to go on, e.g. --trials ${2 * before.trials}.`);
    }
    const space: SearchSpace = { ...before, ...changes };
    const problems = [...schemaProblems(space, 'search'), ...searchProblems(space, config)];
    if (problems.length > 0) throw new ConfigProblemsError(problems, `the search ${searchId}`);
    const parts = await countSearchParts(this.#store, searchId);
    await this.#start({ searchId, space, config, source, parts }, 'ALLOW_DUPLICATE', `Search "${searchId}" is running.`);
  }

  /** Looks at a search until it has ended; the last look shows the end. @throws NotFoundError when there is no such search. */
  async *watch(searchId: string, { everyMs = 500, signal }: WatchOptions = {}): AsyncGenerator<SearchSnapshot> {
    const patience = signal ? { signal } : {};
    let progress: SearchProgress | undefined;
    for (;;) {
      const state = await withPatience(async () => (await this.#named(searchId, () => this.#temporal.workflow.getHandle(searchId).describe())).status.name.toLowerCase(), patience);
      progress = (await askedNow<SearchProgress>(this.#temporal, searchId, SEARCH_QUERY)) ?? progress;
      yield { searchId, state, ...(progress && { progress }) };
      if (state !== 'running') return;
      await sleep(everyMs, undefined, signal ? { signal } : {});
    }
  }

  /** One look at a search. @throws NotFoundError when there is no such search. */
  async status(searchId: string): Promise<SearchSnapshot> {
    for await (const snapshot of this.watch(searchId)) return snapshot;
    throw new NotFoundError(`Search "${searchId}" gave no answer.`);
  }

  /** Waits for the end of a search. @throws NotFoundError when there is no such search. */
  async outcome(searchId: string): Promise<SearchOutcome> {
    try {
      const headline = await withPatience(() => this.#named(searchId, () => this.#temporal.workflow.getHandle<Search>(searchId).result()));
      return { state: 'completed', headline };
    } catch (error) {
      const outcome = outcomeOf(error);
      return outcome.state === 'failed' ? outcome : { state: outcome.state };
    }
  }

  /** Asks a search to end; what it knows stays in the store. @throws NotFoundError when there is no such search. */
  async cancel(searchId: string): Promise<void> {
    await this.#named(searchId, () => this.#temporal.workflow.getHandle(searchId).cancel());
  }

  /** The newest searches first, at most `limit`. Temporal's lists lag a second or two behind. */
  async list(limit = 20): Promise<SearchSummary[]> {
    const searches: SearchSummary[] = [];
    for await (const { workflowId, status, startTime, closeTime, memo } of this.#temporal.workflow.list({ query: 'WorkflowType = "search"' })) {
      if (status.name === 'CONTINUED_AS_NEW' || searches.some(({ searchId }) => searchId === workflowId)) continue;
      const { model, strategy, search: headline } = (memo ?? {}) as Partial<{ model: string; strategy: string; search: SearchHeadline }>;
      searches.push({
        searchId: workflowId, state: status.name.toLowerCase(), startedAt: startTime, ...(closeTime && { endedAt: closeTime }),
        ...(model !== undefined && { model }), ...(strategy !== undefined && { strategy }), ...(headline && { headline }),
      });
      if (searches.length >= limit) break;
    }
    return searches;
  }

  /** The record of a search: written when it begins, and again when it ends. @throws NotFoundError when there is none. */
  async record(searchId: string): Promise<SearchRecord> {
    const record = await readSearchRecord(this.#store, searchId);
    if (record) return record;
    throw new NotFoundError(`There is no record of search "${searchId}" in this store. \`digitloom search list\` shows the searches.`);
  }

  async #start(input: SearchInput, workflowIdReusePolicy: 'REJECT_DUPLICATE' | 'ALLOW_DUPLICATE', taken: string): Promise<void> {
    const { searchId, space: { model, strategy, trials } } = input;
    try {
      await this.#temporal.workflow.start<Search>('search', {
        workflowId: searchId, taskQueue: TASK_QUEUES.pipeline, workflowIdReusePolicy, memo: { model, strategy },
        staticSummary: `${strategy} search of ${model}, ${trials} trials`, args: [input],
      });
    } catch (error) {
      if (error instanceof WorkflowExecutionAlreadyStartedError) throw new InvalidConfigError(taken, { cause: error });
      throw error;
    }
  }

  async #named<T>(searchId: string, ask: () => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof WorkflowNotFoundError)) throw error;
      throw new NotFoundError(`There is no search "${searchId}". \`digitloom search list\` shows the searches.`, { cause: error });
    }
  }
}
