import type { RunResult } from '../shared/run.js';

/**
 * The part of a result that does not depend on when and how often it was run: the report of an identical run has the
 * same input, hence the same key, and is answered from the store. Seconds are those of the computation.
 */
export function reportableResult(result: RunResult): RunResult {
  const stages = result.stages
    .filter(({ name }) => name !== 'report')
    .map((stage) => ({ ...stage, seconds: stage.computedSeconds, cachedSteps: 0 }));
  const computedSeconds = stages.reduce((total, stage) => total + stage.computedSeconds, 0);
  const models = result.models.map(({ artifacts: { testProba: _, ...artifacts }, ...model }) => ({ ...model, cached: false, artifacts }));
  return { ...result, runId: '', seconds: computedSeconds, computedSeconds, cached: false, stages, models };
}
