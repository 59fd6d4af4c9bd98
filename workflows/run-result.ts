import { ApplicationFailure } from '@temporalio/workflow';
import type { ArtifactRef } from '../shared/artifact.js';
import type { ModelResult, RunResult } from '../shared/run.js';
import type { Candidate } from './candidate.js';
import type { RunScope } from './run-scope.js';
import type { Evaluated } from './stages/evaluate.js';

/** What is known of a run when its result is put together. */
export interface RunOutcome {
  /** Absent when the run ended before its data was read. */
  readonly dataset?: ArtifactRef;
  readonly startedAt: number;
  readonly candidates: readonly Candidate[];
  readonly evaluated?: Evaluated;
  readonly analysis?: ArtifactRef;
  readonly report?: ArtifactRef;
}

/** The result of a run; models appear once they are evaluated. */
export function runResult({ runId, config, status }: RunScope, outcome: RunOutcome): RunResult {
  const stages = status.stages();
  const { evaluated, report, analysis } = outcome;
  return {
    runId,
    preset: config.preset,
    datasetDigest: outcome.dataset?.digest ?? '',
    seconds: (Date.now() - outcome.startedAt) / 1000,
    computedSeconds: stages.reduce((total, stage) => total + stage.computedSeconds, 0),
    cached: stages.every(({ steps, cachedSteps }) => steps === cachedSteps),
    stages,
    models: evaluated ? outcome.candidates.map((candidate) => modelResult(candidate, evaluated)) : [],
    ...(report && { report }),
    ...(evaluated && { evaluation: evaluated.evaluation }),
    ...(analysis && { analysis }),
  };
}

function modelResult({ name, kind, timing, bytes, parameters, trainingSeconds, cached, artifacts }: Candidate, { summary, latency }: Evaluated): ModelResult {
  const measured = latency.get(name);
  const input = timing.kind === 'model' ? timing.fitted[0]?.config.input : undefined;
  return {
    name,
    kind,
    ...(input && { input }),
    ...(timing.kind === 'stack' && { bases: timing.fitted.map((base) => base.name) }),
    testAccuracy: figure(summary.accuracy, name),
    logLoss: figure(summary.logLoss, name),
    ece: figure(summary.ece, name),
    ...(measured && { latency: measured }),
    bytes,
    parameters,
    trainingSeconds,
    cached,
    artifacts,
  };
}

function figure(of: Readonly<Record<string, number>>, name: string): number {
  const value = of[name];
  if (value !== undefined) return value;
  throw ApplicationFailure.nonRetryable(`The evaluation says nothing of ${name}.`, 'InternalError');
}
