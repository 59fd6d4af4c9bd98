import { defineQuery, setCurrentDetails, setHandler } from '@temporalio/workflow';
import { compareFits } from '../../shared/best-fit.js';
import type { StageProgress } from '../../shared/run.js';
import type { SearchInput, SearchProgress, SearchState, TrialFit, TrialProgress } from '../../shared/search.js';
import { SEARCH_QUERY } from '../../shared/search.js';
import type { Rung } from './rungs.js';
import { searchDetails } from './search-details.js';
import type { Job } from './search-plan.js';

const searchQuery = defineQuery<SearchProgress>(SEARCH_QUERY);
/** Trials in the live table. */
const SHOWN = 20;

/** How far a search has come: answers the query and keeps the table in Temporal's UI up to date. */
export class SearchStatus {
  readonly #input: SearchInput;
  readonly #seconds: () => number;
  readonly #trials = new Map<number, TrialProgress>();
  #rungs: readonly Rung[] = [];
  #fits: number[] = [];
  #cached = 0;
  #state: SearchState = 'running';
  #stages: () => readonly StageProgress[] = () => [];

  /** @param seconds how long the search has run. */
  constructor(input: SearchInput, seconds: () => number) {
    this.#input = input;
    this.#seconds = seconds;
    setHandler(searchQuery, () => this.progress());
  }

  /** Shows how the data is prepared, until there are rungs. */
  preparing(stages: () => readonly StageProgress[]): void {
    this.#stages = stages;
  }

  begin(rungs: readonly Rung[]): void {
    this.#rungs = rungs;
    this.#fits = rungs.map(() => 0);
    this.#show();
  }

  started({ trial, rung, params }: Job): void {
    this.#set(trial, { params, rung, state: 'running' });
    this.#show();
  }

  ended({ trial, rung, params, cached, error, validationLogLoss, validationAccuracy, seconds, note }: TrialFit): void {
    this.#fits[rung] = (this.#fits[rung] ?? 0) + 1;
    if (cached) this.#cached += 1;
    this.#set(trial, {
      params, rung, state: error ? 'failed' : rung === this.#rungs.length - 1 ? 'done' : 'waiting',
      ...(validationLogLoss !== undefined && { validationLogLoss }),
      ...(validationAccuracy !== undefined && { validationAccuracy }),
      ...(seconds !== undefined && { seconds }),
      ...(error ? { note: error.message.slice(0, 200) } : note ? { note } : {}),
    });
    this.#show();
  }

  /** The median rule ended a trial. */
  stopped(trial: number): void {
    const known = this.#trials.get(trial);
    if (known) this.#trials.set(trial, { ...known, state: 'stopped' });
  }

  /** Nobody is promoted any more. */
  end(state: SearchState): void {
    this.#state = state;
    for (const [trial, known] of this.#trials) {
      if (known.state === 'waiting' || known.state === 'running') this.#trials.set(trial, { ...known, state: 'stopped' });
    }
    this.#show();
  }

  counts(): SearchProgress['counts'] {
    const trials = [...this.#trials.values()];
    const inState = (state: TrialProgress['state']): number => trials.filter((trial) => trial.state === state).length;
    return {
      trials: trials.length, fits: this.#fits.reduce((total, fits) => total + fits, 0), running: inState('running'), failed: inState('failed'),
      stopped: inState('stopped'), cached: this.#cached,
    };
  }

  progress(): SearchProgress {
    const { searchId, space: { model, strategy, metric, trials, timeBudget } } = this.#input;
    return {
      searchId, state: this.#state, model, strategy, metric, planned: trials, counts: this.counts(),
      rungs: this.#rungs.map((rung, k) => ({ ...rung, fits: this.#fits[k] ?? 0 })),
      top: [...this.#trials.values()].sort((a, b) => compareFits(a, b, metric)).slice(0, SHOWN),
      seconds: this.#seconds(), ...(timeBudget !== undefined && { timeBudget }), stages: this.#stages(),
    };
  }

  /** A trial keeps the figures of the rung below while it runs. */
  #set(trial: number, update: Omit<TrialProgress, 'trial'>): void {
    const resource = this.#rungs[update.rung]?.resource;
    this.#trials.set(trial, { trial, ...update, ...(resource !== undefined && { resource }) });
  }

  #show(): void {
    setCurrentDetails(searchDetails(this.progress()));
  }
}
