import type { PipelineConfig } from '../../shared/config.js';
import { PRESET_CONFIGS } from '../../shared/presets.js';
import type { RunInput, RunProgress, RunResult } from '../../shared/run.js';
import { PROGRESS_QUERY } from '../../shared/run.js';
import { TASK_QUEUES } from '../../shared/task-queues.js';
import { ref } from './fake-steps.js';
import type { WorkflowWorld } from './workflow-world.js';

const FILES = ['train-images', 'train-labels', 't10k-images', 't10k-labels'];

/** Runs of the workflow `pipeline` in a test's world. */
export interface PipelineRuns {
  /** Starts a run and gives its id. */
  start(config: PipelineConfig): Promise<string>;
  resultOf(runId: string): Promise<RunResult>;
  /** What it failed with. */
  errorOf(runId: string): Promise<unknown>;
  progressOf(runId: string): Promise<RunProgress>;
}

let number = 0;

export function pipelineRuns({ client: { workflow } }: WorkflowWorld): PipelineRuns {
  const resultOf = (runId: string): Promise<RunResult> => workflow.getHandle(runId).result() as Promise<RunResult>;
  return {
    resultOf,
    async start(config) {
      const runId = `run-test-${++number}`;
      const source = FILES.map((name) => ({ name: `${name}.gz`, ref: ref(name) }));
      await workflow.start<(input: RunInput) => Promise<RunResult>>('pipeline', {
        workflowId: runId, taskQueue: TASK_QUEUES.pipeline, args: [{ runId, config, source }],
      });
      return runId;
    },
    errorOf: (runId) => resultOf(runId).then(() => undefined, (reason: unknown) => reason),
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
