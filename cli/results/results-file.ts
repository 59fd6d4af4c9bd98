import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunExport } from '../../shared/exports.js';
import type { RunResult } from '../../shared/run.js';

/** What docs/results.schema.json describes. */
export interface Results extends Omit<RunResult, 'stages' | 'models' | 'report' | 'evaluation' | 'analysis' | 'exports'> {
  readonly provisioningSeconds: number;
  readonly stages: readonly object[];
  readonly models: readonly object[];
  readonly report?: string;
  readonly evaluation?: string;
  readonly analysis?: string;
  readonly exports?: readonly object[];
}

/** A run's result as the results file tells it: digests for references, and what came before the run. */
export function resultsOf(result: RunResult, provisioningSeconds: number): Results {
  const { report, evaluation, analysis, exports, stages, models, runId, preset, datasetDigest, seconds, computedSeconds, cached } = result;
  return {
    runId, preset, datasetDigest, seconds, computedSeconds, cached, provisioningSeconds,
    stages: stages.map((stage) => ({ ...stage, cached: stage.steps > 0 && stage.steps === stage.cachedSteps })),
    models: models.map(({ name, kind, bases, of, gate, origin, seedOf, seeds, testAccuracy, logLoss, ece, latency, bytes, parameters, trainingSeconds, cached: stored, artifacts }) => ({
      name, kind, ...(bases && { bases }), ...(of !== undefined && { of }), ...(gate && { gate }), ...(origin && { origin }), ...(seedOf && { seedOf }), ...(seeds && { seeds }), testAccuracy, logLoss, ece, ...(latency && { latency }), bytes, parameters, trainingSeconds, cached: stored,
      artifacts: Object.fromEntries(Object.entries(artifacts).map(([role, { digest }]) => [role, digest])),
    })),
    ...(report && { report: report.digest }),
    ...(evaluation && { evaluation: evaluation.digest }),
    ...(analysis && { analysis: analysis.digest }),
    ...(exports && { exports: exports.map(exportRow) }),
  };
}

/** A digest for the reference. */
function exportRow({ kind: _, ...row }: RunExport): object {
  return 'artifact' in row ? { ...row, artifact: row.artifact.digest } : row;
}

/** Writes `<folder>/<runId>.json` and returns its path. */
export async function writeResults(folder: string, results: Results): Promise<string> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, `${results.runId}.json`);
  await writeFile(path, `${JSON.stringify(results, null, 2)}\n`);
  return path;
}
