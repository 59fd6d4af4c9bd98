import { html, type Html, type HtmlValue } from './html.js';
import { formatBytes, formatCount, formatMilliseconds, formatP, formatPercent } from './number-format.js';
import { pairedTestOf } from './paired-test-of.js';
import type { ReportContent } from './report-content.js';
import { originalOf, reportedModels, type ReportedModel } from './reported-model.js';
import { variantTable } from './variant-table.js';

/** All variants in a table, then each compressed model beside the one it was made from: size, accuracy, speed, and the paired test where there is one. */
export function compressionTable(content: ReportContent): Html | undefined {
  const models = reportedModels(content);
  const tables = models.flatMap((variant) => {
    const original = variant.role === 'variant' ? originalOf(variant, models) : undefined;
    return original ? [pairTable(content, original, variant)] : [];
  });
  return tables.length === 0 ? undefined : html`${variantTable(models.filter(({ role }) => role === 'variant'))}${tables}`;
}

function pairTable({ evaluation }: ReportContent, original: ReportedModel, variant: ReportedModel): Html {
  const test = pairedTestOf(evaluation, original.name, variant.name);
  const [before, after] = [original.result, variant.result];
  const sizes = before && after && row('Size', formatBytes(before.bytes), formatBytes(after.bytes), times(before.bytes / after.bytes, 'smaller', 'larger'));
  const speeds = before?.latency && after?.latency && row('One image, median', latency(before.latency), latency(after.latency), times(before.latency.p50Ms / after.latency.p50Ms, 'faster', 'slower'));
  const verdict = test && html`<p>On the same images the original alone is right ${formatCount(test.onlyACorrect)} times and the compressed model alone
    ${formatCount(test.onlyBCorrect)} times; exact McNemar p ${test.pValue < 0.001 ? '' : '='} ${formatP(test.pValue)}:
    ${test.pValue < 0.05 ? 'compression changed the accuracy.' : 'no change of accuracy is shown.'}</p>`;
  return html`<div class="scroll"><table><thead><tr><th scope="col"></th><th scope="col">${original.name}</th><th scope="col">${variant.name}</th><th scope="col">change</th></tr></thead>
    <tbody>${sizes}${row('Test accuracy', formatPercent(original.evaluation.accuracy), formatPercent(variant.evaluation.accuracy), points(original, variant))}
    ${row('Errors', formatCount(original.errors), formatCount(variant.errors), signed(variant.errors - original.errors))}
    ${row('Log-loss', original.evaluation.logLoss.toFixed(4), variant.evaluation.logLoss.toFixed(4), signed(variant.evaluation.logLoss - original.evaluation.logLoss, 4))}
    ${row('ECE', original.evaluation.ece.toFixed(4), variant.evaluation.ece.toFixed(4), signed(variant.evaluation.ece - original.evaluation.ece, 4))}${speeds}</tbody></table></div>${verdict}`;
}

function row(name: string, ...cells: readonly HtmlValue[]): Html {
  return html`<tr><th scope="row">${name}</th>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>`;
}

function latency({ p50Ms, runtime }: { readonly p50Ms: number; readonly runtime: string }): Html {
  return html`${formatMilliseconds(p50Ms)}<small>${runtime}</small>`;
}

function times(ratio: number, gain: string, loss: string): string {
  return ratio >= 1 ? `${ratio.toFixed(1)} times ${gain}` : `${(1 / ratio).toFixed(1)} times ${loss}`;
}

function points(original: ReportedModel, variant: ReportedModel): string {
  return `${signed(100 * (variant.evaluation.accuracy - original.evaluation.accuracy), 2)} points`;
}

function signed(value: number, digits = 0): string {
  const text = Math.abs(value).toFixed(digits);
  return Number(text) === 0 ? `±${text}` : `${value > 0 ? '+' : '−'}${text}`;
}
