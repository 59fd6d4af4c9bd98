import { condition, defineQuery, defineSignal, isCancellation, setCurrentDetails, setHandler } from '@temporalio/workflow';
import type { PipelineConfig, SectionName } from '../shared/config.js';
import { isSectionOn, SECTIONS } from '../shared/config.js';
import type { ModelProgressSignal } from '../shared/contracts/steps.js';
import { modelFits } from '../shared/model-fits.js';
import type { ModelProgress, RunProgress, StageResult, StageState } from '../shared/run.js';
import { MODEL_PROGRESS_SIGNAL, PROGRESS_QUERY } from '../shared/run.js';
import type { CountedStep } from '../shared/step.js';
import { progressDetails } from './progress-details.js';
import { markStage } from './search-attributes.js';

const progressQuery = defineQuery<RunProgress>(PROGRESS_QUERY);
const modelSignal = defineSignal<[ModelProgressSignal]>(MODEL_PROGRESS_SIGNAL);

interface Stage {
  state: StageState;
  done: number;
  total: number;
  cached: number;
  /** Whole milliseconds: their sum is the same in whatever order the steps end, and with it the key of the report. */
  computedMs: number;
  startedAt: number;
  endedAt: number;
}

/**
 * How far a run has come: answers the progress query, takes the trainings' signals, and keeps the details shown in
 * Temporal's UI and the search attribute of the stage up to date.
 */
export class RunStatus {
  readonly #runId: string;
  readonly #stages = new Map<SectionName, Stage>();
  readonly #models = new Map<string, ModelProgress>();
  readonly #keys = new Set<string>();
  readonly #found = new Map<string, string>();
  /** Models whose training is not in a queue yet. */
  readonly #unqueued: Set<string>;

  constructor(runId: string, config: PipelineConfig) {
    this.#runId = runId;
    for (const name of SECTIONS) {
      const state = isSectionOn(config, name) ? 'waiting' : 'skipped';
      this.#stages.set(name, { state, done: 0, total: 0, cached: 0, computedMs: 0, startedAt: 0, endedAt: 0 });
    }
    this.#unqueued = new Set(config.train.enabled ? modelFits(config.train.models).map(({ name }) => name) : []);
    for (const name of this.#unqueued) this.#models.set(name, waiting(name));
    setHandler(progressQuery, () => this.progress());
    setHandler(modelSignal, ({ name, fraction, note, metrics }) => {
      this.#unqueued.delete(name);
      if (this.#models.get(name)?.state === 'done') return;
      // The first signal comes from the queue, with nothing to tell: the training waits until it tells something.
      const state = fraction > 0 || note !== '' || Object.keys(metrics).length > 0 ? 'running' : 'waiting';
      this.model(name, { state, fraction, note, metrics });
    });
    this.#show();
  }

  /** Runs a stage of `total` steps, or a part of them, and keeps its state; or how it ended otherwise. */
  async stage<T>(name: SectionName, total: number, work: () => Promise<T>): Promise<T> {
    const stage = this.#stage(name);
    Object.assign(stage, { state: 'running', total, startedAt: stage.startedAt || Date.now() });
    markStage(name);
    this.#show();
    try {
      const answer = await work();
      stage.state = 'done';
      return answer;
    } catch (error) {
      stage.state = isCancellation(error) ? 'cancelled' : 'failed';
      throw error;
    } finally {
      stage.endedAt = Date.now();
      this.#show();
    }
  }

  /** Counts a finished step of a stage and keeps its key for the run's record. */
  count<R extends CountedStep>(name: SectionName, result: R): R {
    const stage = this.#stage(name);
    stage.done += 1;
    stage.cached += result.cached ? 1 : 0;
    stage.computedMs += Math.round(result.computedSeconds * 1000);
    this.#keys.add(result.key);
    this.#show();
    return result;
  }

  /** Notes the step that found something of the data, by the name under which the report shows it. */
  found(name: string, key: string): void {
    this.#found.set(name, key);
  }

  /** The steps that found something of the data, by name; in the order of the names, whatever the order in which they ended. */
  findings(): Record<string, string> {
    return Object.fromEntries([...this.#found].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  /** Waits until every training is in its queue; not at all where nothing is trained. */
  async trainingsQueued(): Promise<void> {
    await condition(() => this.#unqueued.size === 0);
  }

  /** Notes how a model fares. */
  model(name: string, update: Partial<Omit<ModelProgress, 'name'>>): void {
    this.#models.set(name, { ...(this.#models.get(name) ?? waiting(name)), ...update });
    this.#show();
  }

  /** The keys of all steps so far. */
  keys(): string[] {
    return [...this.#keys];
  }

  progress(): RunProgress {
    const stages = [...this.#stages].map(([name, stage]) => ({
      name, state: shownState(stage), done: stage.done, total: stage.total, cached: stage.cached, seconds: secondsOf(stage),
    }));
    return { runId: this.#runId, stages, models: [...this.#models.values()] };
  }

  stages(): StageResult[] {
    return [...this.#stages].map(([name, stage]) => ({
      name, state: stage.state, seconds: secondsOf(stage), computedSeconds: stage.computedMs / 1000, steps: stage.done, cachedSteps: stage.cached,
    }));
  }

  #stage(name: SectionName): Stage {
    return this.#stages.get(name) as Stage;
  }

  #show(): void {
    setCurrentDetails(progressDetails(this.progress()));
  }
}

function waiting(name: string): ModelProgress {
  return { name, state: 'waiting', fraction: 0, note: '', metrics: {} };
}

/** A stage that is done in parts has steps to come when one of them has ended. */
function shownState({ state, done, total }: Stage): StageState {
  return state === 'done' && done < total ? 'running' : state;
}

function secondsOf({ startedAt, endedAt }: Stage): number {
  if (startedAt === 0) return 0;
  return ((endedAt || Date.now()) - startedAt) / 1000;
}
