import type { WorkflowHandle } from '@temporalio/client';
import { checkSearch } from '../../client/load-search.js';
import { Searches } from '../../client/searches.js';
import type { FitModelInput } from '../../shared/contracts/steps.js';
import type { JsonObject } from '../../shared/json.js';
import { PRESET_CONFIGS } from '../../shared/presets.js';
import type { StepResult } from '../../shared/step.js';
import type { FitSummary } from '../../shared/contracts/steps.js';
import type { SearchRecord } from '../../shared/search.js';
import { createSearchActivities } from '../../activities/create-search-activities.js';
import { MemoryStore } from '../../storage/memory-store.js';
import type { Call, FakeActivities } from './fake-steps.js';
import { fakeSteps, ref, step } from './fake-steps.js';
import type { WorkflowWorld } from './workflow-world.js';

/** ASHA over XGBoost, small. */
export const ASHA: JsonObject = {
  model: 'xgboost', params: { learningRate: { logUniform: [0.01, 1] }, maxDepth: { integer: [2, 9] } }, strategy: 'asha', trials: 12, window: 4,
  resource: { of: 'rounds', min: 3, max: 27 },
};

/** Searches in a test's world, on a store in memory. */
export interface SearchRuns {
  readonly store: MemoryStore;
  readonly searches: Searches;
  /** Activities that fit nothing, and what they were asked. */
  fakes(overrides?: Partial<FakeActivities>): { readonly activities: FakeActivities; readonly calls: Call[] };
  start(document: JsonObject, searchId?: string): Promise<string>;
  handle(searchId: string): WorkflowHandle;
  record(searchId: string): Promise<SearchRecord>;
}

export function searchRuns(world: WorkflowWorld): SearchRuns {
  const store = new MemoryStore();
  const searches = new Searches(world.client, store);
  return {
    store,
    searches,
    fakes: (overrides = {}) => fakeSteps({ ...createSearchActivities(store), fitModel: (input) => Promise.resolve(fakeFit(input)), ...overrides }),
    start: (document, searchId) => searches.start(checkSearch(document, PRESET_CONFIGS.smoke, 'a test'), [{ name: 'mnist.npz', ref: ref('mnist.npz') }], searchId),
    handle: (searchId) => world.client.workflow.getHandle(searchId),
    record: (searchId) => searches.record(searchId),
  };
}

/** The answer of a fit whose loss follows from its values: best near learningRate 0.2 and maxDepth 5, better with more rounds and rows. */
export function fakeFit(input: FitModelInput): StepResult<FitSummary> {
  const { params } = input.model;
  const [rate, depth, rounds] = ['learningRate', 'maxDepth', 'rounds'].map((name) => Number(params[name] ?? 5));
  const loss = Math.abs(Math.log((rate ?? 1) / 0.2)) / 10 + Math.abs((depth ?? 1) - 5) / 100 + 1 / (rounds ?? 1) + 100 / (input.fitRows ?? 5_000);
  return step(`fit-${input.model.kind}`, input, ['model', 'validationProba'], {
    validationLogLoss: loss, validationAccuracy: 1 / (1 + loss), parameters: 1_000, device: 'cpu', curve: Array.from({ length: 200 }, (_, i) => 1 / (i + 3)),
  });
}
