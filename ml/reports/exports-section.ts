import type { ExportFormat } from '../../shared/export-formats.js';
import type { ExportRecord, RefusedExport, WrittenExport } from '../../shared/exports.js';
import { foldAway } from './fold-away.js';
import { html, type Html } from './html.js';
import { formatBytes, formatCount, formatP, formatPercent } from './number-format.js';

/** Rows that are shown at once; a run of all models in all formats has over a hundred. */
const SHOWN = 24;

/** The float32 form that a smaller one is compared with. */
const FLOAT_FORMS: Readonly<Partial<Record<ExportFormat, ExportFormat>>> = {
  'onnx-int8': 'onnx', 'c-int8': 'c',
  'tflite-float16': 'tflite', 'tflite-dynamic': 'tflite', 'tflite-dynamic4': 'tflite', 'tflite-int8': 'tflite', 'tflite-int8-weights4': 'tflite',
};

/** The models as files for other runtimes: sizes, what ran each file and how far its answers are from its model's, and what was refused. */
export function exportsSection(records: readonly ExportRecord[]): Html | undefined {
  if (records.length === 0) return undefined;
  const written = records.filter((record): record is WrittenExport => 'file' in record);
  const refused = records.filter((record): record is RefusedExport => 'refused' in record);
  return html`<p>Files that say by what were run beside the trained model on the test images, whose labels are not needed for that: in full precision no probability may differ by more than 0.0001 (of models that jump from
    one answer to another, trees and neighbours, in one row of a thousand), and a file in few bits may not lose more than a point of accuracy on the validation images. The others are checked by
    <code>digitloom verify</code>. The size is that of the file, or of all constants of a C header.</p>
    ${written.length === 0 ? undefined : foldAway(written.map((record) => fileRow(record, written)), SHOWN, (rest) => `${rest} more files`, table)}
    ${refused.length === 0 ? undefined : html`<h3>Refused</h3><ul>${reasonsOf(refused).map(([reason, pairs]) => html`<li>${pairs}: ${reason}</li>`)}</ul>`}`;
}

function table(rows: readonly Html[]): Html {
  return html`<div class="scroll"><table><thead><tr><th scope="col">model</th><th scope="col">format</th><th scope="col">size</th><th scope="col">against float32</th><th scope="col">run by</th>
    <th scope="col">largest difference</th><th scope="col">labels changed</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}

function fileRow({ model, format, size, verified, pending, note }: WrittenExport, all: readonly WrittenExport[]): Html {
  const float = all.find((other) => other.model === model && other.format === FLOAT_FORMS[format]);
  const accuracy = verified?.accuracy && html`<small>${formatPercent(verified.accuracy.file)} of ${formatCount(verified.accuracy.rows)} validation images, the model ${formatPercent(verified.accuracy.model)} (p ${verified.accuracy.pValue < 0.001 ? '' : '= '}${formatP(verified.accuracy.pValue)})</small>`;
  const exceptions = verified && !verified.accuracy && verified.exceptions > 0 ? html`<small>${formatCount(verified.exceptions)} rows beyond 0.0001</small>` : undefined;
  const run = verified ? html`<td>${verified.runtime}</td><td>${formatDifference(verified.largestDifference)}${exceptions}</td><td>${formatCount(verified.labelsChanged)} of ${formatCount(verified.rows)}${accuracy}</td>`
    : html`<td>not yet: ${pending ?? 'its runtime'}</td><td></td><td></td>`;
  return html`<tr><th scope="row">${model}</th><td>${format}${note === undefined ? undefined : html`<small>${note}</small>`}</td><td>${formatBytes(size)}</td><td>${float ? `${(float.size / size).toFixed(1)} times smaller` : ''}</td>${run}</tr>`;
}

/** 0.0000011 -> `1.1e-6`. */
function formatDifference(difference: number): string {
  if (difference === 0) return '0';
  return difference < 0.001 ? difference.toExponential(1) : difference.toPrecision(2);
}

/** What was refused, by the reason: `svm, knn as tflite, c`. */
function reasonsOf(refused: readonly RefusedExport[]): [reason: string, pairs: string][] {
  const reasons = [...new Set(refused.map((record) => record.refused))];
  return reasons.map((reason) => {
    const same = refused.filter((record) => record.refused === reason);
    const models = [...new Set(same.map(({ model }) => model))];
    const formatsOf = (of: string): string => same.filter(({ model }) => model === of).map(({ format }) => format).join(', ');
    const lists = [...new Set(models.map(formatsOf))];
    return [reason, lists.map((list) => `${models.filter((model) => formatsOf(model) === list).join(', ')} as ${list}`).join('; ')];
  });
}
