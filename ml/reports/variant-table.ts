import { html, type Html } from './html.js';
import { formatBytes, formatCount, formatMilliseconds, formatPercent } from './number-format.js';
import type { ReportedModel } from './reported-model.js';

/** Every variant in a line: how large it is in whatever one may count, what it loses, and what the gate says of it; smallest first of each model. */
export function variantTable(variants: readonly ReportedModel[]): Html {
  const sorted = [...variants].sort((a, b) => compare(a.result?.of ?? '', b.result?.of ?? '') || (a.result?.bytes ?? 0) - (b.result?.bytes ?? 0) || compare(a.name, b.name));
  return html`<div class="scroll"><table><thead><tr><th scope="col">variant</th><th scope="col">of</th><th scope="col">form</th><th scope="col">size</th><th scope="col">constants in C</th><th scope="col">coded</th>
    <th scope="col">multiply-adds</th><th scope="col">validation</th><th scope="col">test</th><th scope="col">one image</th><th scope="col">gate</th></tr></thead><tbody>${sorted.map(row)}</tbody></table></div>
    <p class="note">Size: of the <code>.tflite</code> file, of classical models of the model. Constants in C: weights, scales and biases in the C header. Coded: kernels in their smallest coding, as in the file <code>compressed</code>.
    The gate compares a variant with its model on the validation images; of each model the smallest that passes is chosen.</p>`;
}

function row({ name, result, fit, evaluation }: ReportedModel): Html {
  const bytes = (key: string): string => (typeof fit?.[key] === 'number' ? formatBytes(fit[key]) : '–');
  const [adds, validation, note, form] = [fit?.['multiplyAdds'], fit?.['validationAccuracy'], fit?.['note'], fit?.['form'] ?? fit?.['how']];
  return html`<tr><th scope="row">${name}${typeof note === 'string' && note !== form ? html`<small>${note}</small>` : undefined}</th><td>${result?.of}</td><td>${typeof form === 'string' ? form : '–'}</td><td>${result ? formatBytes(result.bytes) : '–'}</td><td>${bytes('constantBytes')}</td><td>${bytes('codedBytes')}</td>
    <td>${typeof adds === 'number' ? formatCount(adds) : '–'}</td><td>${typeof validation === 'number' ? formatPercent(validation) : '–'}</td><td>${formatPercent(evaluation.accuracy)}</td>
    <td>${result?.latency ? formatMilliseconds(result.latency.p50Ms) : '–'}</td><td class="wide">${verdict(result?.gate)}</td></tr>`;
}

function verdict(gate: NonNullable<ReportedModel['result']>['gate']): string {
  if (!gate) return '–';
  if (!gate.passed) return `refused: ${gate.reasons.join('; ')}`;
  return gate.chosen ? 'chosen' : 'passed';
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
