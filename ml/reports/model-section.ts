import { classTable } from './class-table.js';
import { confusedPairs } from './confused-pairs.js';
import { confusionMatrix } from './confusion-matrix.js';
import { errorGallery } from './error-gallery.js';
import { html, type Html } from './html.js';
import { formatCount, formatInterval, formatPercent } from './number-format.js';
import { reliabilityDiagram } from './reliability-diagram.js';
import type { ReportContent } from './report-content.js';
import type { ReportedModel } from './reported-model.js';

/** One model in detail: where it errs, on which digits, how sure it was, and the images themselves. */
export function modelSection(model: ReportedModel, imageAt: ReportContent['imageAt']): Html {
  const { name, evaluation, errors } = model;
  return html`<article><h3>${name}</h3>
    <p>${formatPercent(evaluation.accuracy)} (95&nbsp;% interval ${formatInterval(evaluation.accuracyInterval)}), ${formatCount(errors)} errors,
    log-loss ${evaluation.logLoss.toFixed(4)}, ECE ${evaluation.ece.toFixed(4)}.${trainedOn(model)}${timedWith(model)}</p>
    <div class="grid">${confusionMatrix(model)}${classTable(model)}${reliabilityDiagram(model)}${confusedPairs(model)}</div>
    ${errorGallery(model, imageAt)}</article>`;
}

function timedWith({ result }: ReportedModel): string {
  return result?.latency ? ` Timed with ${result.latency.runtime}.` : '';
}

/** Where the fit ran, and what the run noted of it (a fall-back from the GPU, for example). */
function trainedOn({ fit }: ReportedModel): string {
  const [device, runtime, note] = ['device', 'runtime', 'note'].map((name) => fit?.[name]);
  if (typeof device !== 'string') return '';
  return ` Trained on ${device}${typeof runtime === 'string' ? ` (${runtime})` : ''}${typeof note === 'string' ? `: ${note}` : ''}.`;
}
