import type { ArtifactRef } from '../shared/artifact.js';
import { MEDIA } from '../shared/artifact.js';
import type { AnalysisManifest } from '../shared/contracts/analysis.js';
import type { ReportedRun, StepActivities } from '../shared/contracts/steps.js';
import type { JsonObject } from '../shared/json.js';
import type { GroupDeps } from './activity-deps.js';
import { modelResults } from './model-results.js';
import type { TabledModel } from './model-results.js';
import { exportRecords } from './run-exports.js';

/** The HTML report of a run. */
export function createReportActivities({ read, run, manifestOf }: GroupDeps): Pick<StepActivities, 'report'> {
  return {
    async report({ dataset, run: reported, evaluated, analysis, exported }) {
      const { train, test, validationRows, width, height } = await read.dataset(dataset);
      const sizes = { trainRows: train.rows, validationRows, testRows: test.rows, width, height };
      const table = await modelResults({ read, manifestOf }, evaluated);
      const found = analysis ? (await read.analysis(analysis)).found : {};
      return run({
        step: 'report',
        label: 'report',
        params: { result: reproducible(reported, table), fits: Object.fromEntries(table.map(({ result: { name }, fit }) => [name, fit])), dataset: sizes },
        inputs: { evaluation: [evaluated.evaluation], images: test.images.map(({ ref }) => ref), ...findings(found), ...(exported && { 'found:exports': await exportRecords({ read, manifestOf }, exported) }) },
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

/** Sums of seconds depend in their last digits on the order in which steps finished, so they are cut to milliseconds. */
function reproducible({ preset, datasetDigest, computedSeconds, stages }: ReportedRun, table: readonly TabledModel[]): JsonObject {
  return {
    preset,
    datasetDigest,
    computedSeconds: milliseconds(computedSeconds),
    stages: stages.map(({ name, state, computedSeconds: seconds, steps }) => ({ name, state, computedSeconds: milliseconds(seconds), steps })),
    models: table.map(({ result: { artifacts: _, origin: __, seedOf: ___, seeds: ____, latency, trainingSeconds, ...model } }) => ({
      ...model, trainingSeconds: milliseconds(trainingSeconds), ...(latency ? { latency: { ...latency } } : {}),
    })),
  };
}

function milliseconds(seconds: number): number {
  return Number(seconds.toFixed(3));
}
