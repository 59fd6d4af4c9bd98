import type { ArtifactRef } from '../../shared/artifact.js';
import type { RunResult } from '../../shared/run.js';
import type { Candidate } from '../candidate.js';
import { outputOf } from '../output-of.js';
import { cpu } from '../proxies.js';
import { reportableResult } from '../reportable-result.js';
import type { RunData, RunScope } from '../run-scope.js';

/** Writes the HTML report. */
export async function reportStage({ status }: RunScope, { dataset }: RunData, candidates: readonly Candidate[], result: RunResult, evaluation: ArtifactRef, analysis?: ArtifactRef): Promise<ArtifactRef> {
  return status.stage('report', 1, async () => {
    const fits = Object.fromEntries(candidates.map(({ name, fit }) => [name, fit]));
    const input = { dataset, evaluation, result: reportableResult(result), fits, ...(analysis && { analysis }) };
    return outputOf(status.count('report', await cpu.report.executeWithOptions({ summary: 'HTML' }, [input])), 'report');
  });
}
