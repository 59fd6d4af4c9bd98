import { ENSEMBLE } from '../../shared/ensemble-methods.js';
import type { PairedTest } from '../../shared/metrics.js';
import { html, type Html } from './html.js';
import { formatBytes, formatCount, formatInterval, formatMilliseconds, formatP, formatPercent, formatSeconds } from './number-format.js';
import { pairedTestOf } from './paired-test-of.js';
import type { ReportContent } from './report-content.js';
import { bestOf, originalOf, reportedModels, type ReportedModel } from './reported-model.js';

/** The answer first: who is best, by how much, how sure, and what it costs. */
export function headline(content: ReportContent): Html {
  const models = reportedModels(content);
  const best = bestOf(models, 'model');
  const ensemble = models.find(({ name }) => name === ENSEMBLE); // the test images choose none of several
  const winner = ensemble ?? best ?? models[0];
  if (!winner) return html`<p class="lead">No model was evaluated in this run.</p>`;
  const { rows } = content.evaluation;
  const comparison = ensemble && best && comparisonOf(ensemble, best, pairedTestOf(content.evaluation, ensemble.name, best.name));
  return html`<p class="lead">${ensemble ? 'The ensemble' : html`The best model, <b>${winner.name}</b>,`} reads
    <b>${formatCount(rows - winner.errors)} of ${formatCount(rows)}</b> unseen digits correctly: <b>${formatPercent(winner.evaluation.accuracy)}</b>
    (95&nbsp;% interval ${formatInterval(winner.evaluation.accuracyInterval)}). ${comparison}</p>
  <div class="tiles">${best && accuracyTile('Best single model', best)}${ensemble && accuracyTile('Ensemble', ensemble)}
    ${variantTile(models)}${fastestTile(models)}
    ${tile('Computing time, all stages', formatSeconds(content.result.computedSeconds), 'as measured when each step was computed')}</div>`;
}

function comparisonOf(ensemble: ReportedModel, best: ReportedModel, test: PairedTest | undefined): Html {
  const fewer = best.errors - ensemble.errors;
  const size = fewer === 0 ? 'as many errors as' : `${formatCount(Math.abs(fewer))} ${fewer > 0 ? 'fewer' : 'more'} errors than`;
  const verdict = test && html`; on the same images the difference is
    ${test.pValue < 0.05 ? 'statistically significant' : 'within chance'} (McNemar p&nbsp;${pEquals(test.pValue)})`;
  return html`It makes ${size} the best single model, <b>${best.name}</b> (${formatPercent(best.evaluation.accuracy)})${verdict}.`;
}

function pEquals(p: number): string {
  return p < 0.001 ? formatP(p) : `=\u00a0${formatP(p)}`;
}

function accuracyTile(title: string, { name, evaluation, errors }: ReportedModel): Html {
  const named = name === title.toLowerCase() ? '' : `${name} · `;
  return tile(title, formatPercent(evaluation.accuracy), `${named}${formatCount(errors)} errors`);
}

function variantTile(models: readonly ReportedModel[]): Html | undefined {
  const variant = bestOf(models, 'variant');
  if (!variant?.result) return undefined;
  const original = originalOf(variant, models)?.result;
  const share = original && original.bytes > 0 ? `, ${formatPercent(variant.result.bytes / original.bytes, 0)} of ${original.name}’s size` : '';
  return tile('Compressed model', formatBytes(variant.result.bytes), `${variant.name} · ${formatPercent(variant.evaluation.accuracy)}${share}`);
}

function fastestTile(models: readonly ReportedModel[]): Html | undefined {
  const timed = models.flatMap(({ name, result }) => (result?.latency ? [{ name, p50Ms: result.latency.p50Ms }] : []));
  const fastest = timed.sort((a, b) => a.p50Ms - b.p50Ms)[0];
  return fastest && tile('Fastest, one image', formatMilliseconds(fastest.p50Ms), `${fastest.name} · median`);
}

function tile(title: string, figure: string, note: string): Html {
  return html`<div class="tile"><div class="tile-title">${title}</div><div class="tile-figure">${figure}</div><div class="tile-note">${note}</div></div>`;
}
