import { workflowInfo } from '@temporalio/workflow';
import { LATEST } from '../shared/pointers.js';
import type { RunInput, RunResult } from '../shared/run.js';
import type { Candidate } from './candidate.js';
import { records } from './proxies.js';
import type { RunOutcome } from './run-result.js';
import { runResult } from './run-result.js';
import type { RunScope } from './run-scope.js';
import { RunStatus } from './run-status.js';
import { markPreset, markStage } from './search-attributes.js';
import { compressStage } from './stages/compress.js';
import { ensembleStage } from './stages/ensemble.js';
import { evaluateStage } from './stages/evaluate.js';
import { featuresStage } from './stages/features.js';
import { ingestStage } from './stages/ingest.js';
import { reportStage } from './stages/report.js';
import { trainStage } from './stages/train.js';

/**
 * One run: from files of digits to measured models and a report. Every arrow is a reference to an artifact; a section
 * that is off is left out. The run's id is the workflow's, so that scheduled runs have one each.
 */
export async function pipeline({ config, source }: RunInput): Promise<RunResult> {
  const startedAt = Date.now();
  const runId = workflowInfo().workflowId;
  const run: RunScope = { runId, config, status: new RunStatus(runId, config) };
  markPreset(config.preset);

  const ingested = await ingestStage(run, source);
  const data = config.features.enabled ? { ...ingested, features: await featuresStage(run, ingested) } : ingested;
  const models = config.train.enabled ? await trainStage(run, data) : [];
  const candidates: Candidate[] = [...models];
  if (config.ensemble.enabled) candidates.push(await ensembleStage(run, data, models));
  if (config.compress.enabled) candidates.push(...(await compressStage(run, data, models)));

  let outcome: RunOutcome = { dataset: data.dataset, startedAt, candidates };
  if (config.evaluate.enabled) {
    const evaluated = await evaluateStage(run, data, candidates);
    outcome = { ...outcome, evaluated };
    if (config.report.enabled) {
      outcome = { ...outcome, report: await reportStage(run, data, candidates, runResult(run, outcome), evaluated.evaluation) };
    }
  }
  const result = runResult(run, outcome);
  await records.recordRun.executeWithOptions({ summary: runId }, [{ result, keys: run.status.keys() }]);
  await records.movePointer.executeWithOptions({ summary: LATEST }, [{ name: LATEST, target: runId }]);
  markStage('finished');
  return result;
}
