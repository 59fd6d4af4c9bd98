import type { PipelineConfig } from '../../shared/config.js';
import type { RunProgress } from '../../shared/run.js';
import type { RunManifest } from '../../storage/manifest.js';
import type { Call, FakeActivities } from './fake-steps.js';
import { fakeSteps } from './fake-steps.js';
import { pipelineRuns } from './pipeline-runs.js';
import type { PipelineRuns } from './pipeline-runs.js';
import { startWorkflowWorld } from './workflow-world.js';
import type { WorkflowWorld } from './workflow-world.js';

/** A run that has come to its end. */
export interface RanPipeline {
  readonly runId: string;
  readonly result: RunManifest;
  /** Of the fakes, in order. */
  readonly calls: readonly Call[];
  readonly progress: RunProgress;
}

/** What the tests of a suite run pipelines with. */
export interface PipelineSuite {
  readonly world: WorkflowWorld;
  readonly runs: PipelineRuns;
  /** Runs a pipeline of fakes to its end. */
  ran(config: PipelineConfig, overrides?: Partial<FakeActivities>, shards?: Parameters<typeof fakeSteps>[1]): Promise<RanPipeline>;
}

/** Called within `describe`: a world of its own for the suite, started before its tests and stopped after them. */
export function pipelineSuite(): PipelineSuite {
  let world: WorkflowWorld;
  let runs: PipelineRuns;
  before(async () => {
    world = await startWorkflowWorld();
    runs = pipelineRuns(world);
  });
  after(() => world.stop());
  return {
    get world() { return world; },
    get runs() { return runs; },
    async ran(config, overrides = {}, shards) {
      const { activities, calls } = fakeSteps(overrides, shards);
      return world.withWorkers(activities, async () => {
        const runId = await runs.start(config);
        return { runId, result: await runs.resultOf(runId), calls, progress: await runs.progressOf(runId) };
      });
    },
  };
}

/** What an activity was called with, each time. */
export function inputsOf<I>(calls: readonly Call[], activity: string): I[] {
  return calls.filter((call) => call.activity === activity).map(({ input }) => input as I);
}
