import type { ArtifactRef } from '../../shared/artifact.js';
import type { ReportInput } from '../../shared/contracts/steps.js';
import { outputOf } from '../output-of.js';
import { cpu } from '../proxies.js';
import { reportedRun } from '../run-facts.js';
import type { RunData, RunScope } from '../run-scope.js';

/** Writes the HTML report. */
export async function reportStage(run: RunScope, { dataset }: RunData, made: Pick<ReportInput, 'evaluated' | 'analysis' | 'exported'>): Promise<ArtifactRef> {
  const { status } = run;
  return status.stage('report', 1, async () => {
    const input = { dataset, run: reportedRun(run, dataset), ...made };
    return outputOf(status.count('report', await cpu.report.executeWithOptions({ summary: 'HTML' }, [input])), 'report');
  });
}
