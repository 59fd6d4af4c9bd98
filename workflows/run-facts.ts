import type { ArtifactRef } from '../shared/artifact.js';
import type { RunFacts } from '../shared/contracts/records.js';
import type { ReportedRun } from '../shared/contracts/steps.js';
import type { StageResult } from '../shared/run.js';
import type { RunScope } from './run-scope.js';

/** What is known of a run now. `dataset` is absent when it ended before its data was read. */
export function runFacts({ runId, config, status }: RunScope, startedAt: number, dataset?: ArtifactRef): RunFacts {
  const stages = status.stages();
  return {
    runId,
    preset: config.preset,
    datasetDigest: dataset?.digest ?? '',
    seconds: (Date.now() - startedAt) / 1000,
    computedSeconds: computed(stages),
    cached: stages.every(({ steps, cachedSteps }) => steps === cachedSteps),
    stages,
  };
}

/**
 * The part of it that does not depend on when and how often it was run: the report of an identical run has the same input,
 * hence the same key, and is answered from the store. The report's own stage is not over while it is written.
 */
export function reportedRun({ config, status }: RunScope, dataset: ArtifactRef): ReportedRun {
  const stages = status.stages().filter(({ name }) => name !== 'report');
  return {
    preset: config.preset,
    datasetDigest: dataset.digest,
    computedSeconds: computed(stages),
    stages: stages.map(({ name, state, computedSeconds, steps }) => ({ name, state, computedSeconds, steps })),
  };
}

function computed(stages: readonly StageResult[]): number {
  return stages.reduce((total, { computedSeconds }) => total + computedSeconds, 0);
}
