import assert from 'node:assert/strict';
import type { PipelineConfig } from '../../shared/config.js';
import { PRESET_CONFIGS } from '../../shared/presets.js';
import type { RunHeadline, RunProgress } from '../../shared/run.js';
import { PROGRESS_QUERY } from '../../shared/run.js';
import type { RunArguments } from '../../shared/run-arguments.js';
import { runArguments } from '../../shared/run-arguments.js';
import { TASK_QUEUES } from '../../shared/task-queues.js';
import type { RunManifest } from '../../storage/manifest.js';
import { readRunManifest } from '../../storage/manifest.js';
import { FAKE_STORE, ref } from './fake-steps.js';
import type { WorkflowWorld } from './workflow-world.js';

const FILES = ['train-images', 'train-labels', 't10k-images', 't10k-labels'];

/** Runs of the workflow `pipeline` in a test's world. */
export interface PipelineRuns {
  /** Starts a run and gives its id. */
  start(config: PipelineConfig): Promise<string>;
  /** Waits for its end and gives what it returned. */
  headlineOf(runId: string): Promise<RunHeadline>;
  /** Waits for its end and gives what the fakes' store holds of it. */
  resultOf(runId: string): Promise<RunManifest>;
  /** What it failed with. */
  errorOf(runId: string): Promise<unknown>;
  progressOf(runId: string): Promise<RunProgress>;
}

let number = 0;

export function pipelineRuns({ client: { workflow } }: WorkflowWorld): PipelineRuns {
  const headlineOf = (runId: string): Promise<RunHeadline> => workflow.getHandle(runId).result() as Promise<RunHeadline>;
  return {
    headlineOf,
    async resultOf(runId) {
      await headlineOf(runId);
      return (await readRunManifest(FAKE_STORE, runId)) ?? assert.fail(`${runId} left no record`);
    },
    async start(config) {
      const runId = `run-test-${++number}`;
      const source = FILES.map((name) => ({ name: `${name}.gz`, ref: ref(name) }));
      await workflow.start<(...args: RunArguments) => Promise<RunHeadline>>('pipeline', {
        workflowId: runId, taskQueue: TASK_QUEUES.pipeline, args: runArguments({ runId, config, source }),
      });
      return runId;
    },
    errorOf: (runId) => headlineOf(runId).then(() => undefined, (reason: unknown) => reason),
    progressOf: (runId) => workflow.getHandle(runId).query(PROGRESS_QUERY),
  };
}

/** The default preset with only these sections on. */
export function only(...sections: readonly string[]): PipelineConfig {
  const config = PRESET_CONFIGS.default;
  const entries = Object.entries(config).map(([name, value]) =>
    typeof value === 'object' ? [name, { ...value, enabled: sections.includes(name) }] : [name, value]);
  return Object.fromEntries(entries) as PipelineConfig;
}
