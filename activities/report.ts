import type { ArtifactRef } from '../shared/artifact.js';
import { MEDIA } from '../shared/artifact.js';
import type { AnalysisManifest } from '../shared/contracts/analysis.js';
import type { StepActivities } from '../shared/contracts/steps.js';
import type { JsonObject } from '../shared/json.js';
import type { RunResult } from '../shared/run.js';
import type { GroupDeps } from './activity-deps.js';

/** The HTML report of a run. */
export function createReportActivities({ read, run, manifestOf }: GroupDeps): Pick<StepActivities, 'report'> {
  return {
    async report({ dataset, evaluation, result, fits, analysis }) {
      const { train, test, validationRows, width, height } = await read.dataset(dataset);
      const sizes = { trainRows: train.rows, validationRows, testRows: test.rows, width, height };
      const details = await Promise.all(
        Object.entries(fits).map(async ([name, { key, ...known }]): Promise<[string, JsonObject]> => [name, { ...(await manifestOf(key)).summary, ...known }]),
      );
      const found = analysis ? (await read.analysis(analysis)).found : {};
      return run({
        step: 'report',
        label: 'report',
        params: { result: reproducible(result), fits: Object.fromEntries(details), dataset: sizes },
        inputs: { evaluation: [evaluation], images: test.images.map(({ ref }) => ref), ...findings(found) },
      });
    },
  };
}

/** What the report shows of the data: the JSON artifacts, by role `found:<name>:<role>`; arrays and pictures stay where they are. */
function findings(found: AnalysisManifest['found']): Record<string, ArtifactRef[]> {
  const entries = Object.entries(found).flatMap(([name, outputs]) =>
    Object.entries(outputs).filter(([, { mediaType }]) => mediaType === MEDIA.json)
      .map(([role, ref]): [string, ArtifactRef[]] => [`found:${name}:${role}`, [ref]]));
  return Object.fromEntries(entries);
}

/**
 * A result without what differs between a run and its repetition: its id, its own clock, and what came from the store. Sums of
 * seconds depend in their last digits on the order in which steps finished, so they are cut to milliseconds.
 */
function reproducible({ preset, datasetDigest, computedSeconds, stages, models }: RunResult): JsonObject {
  return {
    preset,
    datasetDigest,
    computedSeconds: milliseconds(computedSeconds),
    stages: stages.map(({ name, state, computedSeconds: seconds, steps }) => ({ name, state, computedSeconds: milliseconds(seconds), steps })),
    models: models.map(({ cached: _, artifacts: __, latency, trainingSeconds, ...model }) => ({
      ...model, trainingSeconds: milliseconds(trainingSeconds), ...(latency ? { latency: { ...latency } } : {}),
    })),
  };
}

function milliseconds(seconds: number): number {
  return Number(seconds.toFixed(3));
}
