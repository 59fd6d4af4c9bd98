import { decodeNpy } from '../../ml/data/npy.js';
import type { Finding } from '../../ml/reports/finding.js';
import { renderReport } from '../../ml/reports/render-report.js';
import type { ReportContent, ReportedDataset, ReportedResult } from '../../ml/reports/report-content.js';
import type { ReportedImage } from '../../ml/reports/reported-image.js';
import { MEDIA } from '../../shared/artifact.js';
import { InvalidDataError } from '../../shared/errors.js';
import type { JsonObject } from '../../shared/json.js';
import type { Evaluation } from '../../shared/metrics.js';
import type { StepFunction } from '../../shared/step.js';

/** Parameters of the report step. */
export interface ReportParams {
  readonly result: ReportedResult;
  readonly fits: Readonly<Record<string, JsonObject>>;
  readonly dataset: ReportedDataset;
}

/** The evaluation and the test images in, the HTML report out. */
const report: StepFunction<ReportParams> = ({ params, inputs }, hooks) => {
  const evaluation = evaluationOf(inputs['evaluation']?.[0]);
  const page = renderReport({ ...params, evaluation, findings: findingsOf(inputs), imageAt: imagesOf(inputs['images'] ?? []) });
  hooks.progress({ fraction: 1 });
  return { outputs: { report: { bytes: new TextEncoder().encode(page), mediaType: MEDIA.html } }, summary: {} };
};

export default report;

function evaluationOf(bytes: Uint8Array | undefined): Evaluation {
  const parsed: unknown = bytes && JSON.parse(new TextDecoder().decode(bytes));
  if (parsed && typeof parsed === 'object' && 'kind' in parsed && parsed.kind === 'evaluation') return parsed as Evaluation;
  throw new InvalidDataError('evaluation: expected the JSON that the step evaluate writes (kind "evaluation"). Run evaluate first.');
}

/** The JSON of the steps that looked at the data (roles `found:<name>:<role>`), in the order of their names. */
function findingsOf(inputs: Readonly<Record<string, readonly Uint8Array[]>>): Finding[] {
  return Object.keys(inputs).filter((role) => role.startsWith('found:')).sort().flatMap((role) => (inputs[role] ?? []).map((bytes) => {
    const parsed: unknown = JSON.parse(new TextDecoder().decode(bytes));
    if (parsed && typeof parsed === 'object' && 'kind' in parsed) return parsed as Finding;
    throw new InvalidDataError(`${role}: expected JSON with a kind, as the steps of the analyse section write it.`);
  }));
}

/** Finds a test image by its row; shards are in order. */
function imagesOf(files: readonly Uint8Array[]): ReportContent['imageAt'] {
  const shards = files.map((file) => {
    const array = decodeNpy(file, 'images');
    if (array.dtype === 'u1' && array.shape.length === 3) return array;
    throw new InvalidDataError(`images: expected uint8 [rows, height, width], got ${array.dtype} [${array.shape.join(', ')}].`);
  });
  return (row): ReportedImage | undefined => {
    let first = 0;
    for (const { data, shape } of shards) {
      const [rows, height, width] = shape as readonly [number, number, number];
      if (row < first + rows) {
        const area = height * width;
        return { width, height, pixels: data.subarray((row - first) * area, (row - first + 1) * area) };
      }
      first += rows;
    }
    return undefined;
  };
}
