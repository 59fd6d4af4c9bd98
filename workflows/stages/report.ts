import type { ArtifactRef } from '../../shared/artifact.js';
import type { EvaluatedCandidates } from '../../shared/contracts/records.js';
import { outputOf } from '../output-of.js';
import { cpu } from '../proxies.js';
import { reportedRun } from '../run-facts.js';
import type { RunData, RunScope } from '../run-scope.js';

/** Writes the HTML report. */
export async function reportStage(run: RunScope, { dataset }: RunData, evaluated: EvaluatedCandidates, analysis?: ArtifactRef): Promise<ArtifactRef> {
  const { status } = run;
  return status.stage('report', 1, async () => {
    const input = { dataset, run: reportedRun(run, dataset), evaluated, ...(analysis && { analysis }) };
    return outputOf(status.count('report', await cpu.report.executeWithOptions({ summary: 'HTML' }, [input])), 'report');
  });
}
