import { MANY_MODELS } from './fold-away.js';
import { html, type Html } from './html.js';
import { formatBytes, formatCount, formatDeviation, formatInterval, formatMilliseconds, formatPercent, formatSeconds } from './number-format.js';
import type { ReportContent } from './report-content.js';
import { accuracyOf, reportedModels, type ModelRole, type ReportedModel } from './reported-model.js';

interface Column {
  readonly title: string;
  /** The number compared, or undefined where nothing was measured. */
  readonly value: (model: ReportedModel) => number | undefined;
  readonly show: (value: number, model: ReportedModel) => Html | string;
  readonly better: 'high' | 'low';
}

const COLUMNS: readonly Column[] = [
  {
    title: 'Test accuracy', better: 'high', value: accuracyOf,
    show: (value, { evaluation, spread }) => html`${formatPercent(value)}<small>${spread ? formatDeviation(spread.accuracy.deviation) : formatInterval(evaluation.accuracyInterval)}</small>`,
  },
  { title: 'Validation', better: 'high', value: ({ fit }) => numberOf(fit?.['validationAccuracy']), show: (value) => formatPercent(value) },
  {
    title: 'Log-loss', better: 'low', value: ({ evaluation, spread }) => spread?.logLoss.mean ?? evaluation.logLoss,
    show: (value, { spread }) => (spread ? html`${value.toFixed(4)}<small>± ${spread.logLoss.deviation.toFixed(4)}</small>` : value.toFixed(4)),
  },
  { title: 'ECE', better: 'low', value: ({ evaluation }) => evaluation.ece, show: (value) => value.toFixed(4) },
  { title: 'p50', better: 'low', value: ({ result }) => result?.latency?.p50Ms, show: (value) => formatMilliseconds(value) },
  { title: 'p99', better: 'low', value: ({ result }) => result?.latency?.p99Ms, show: (value) => formatMilliseconds(value) },
  { title: 'Images/s', better: 'high', value: ({ result }) => result?.latency?.imagesPerSecond, show: (value) => formatCount(value) },
  { title: 'Size', better: 'low', value: ({ result }) => result?.bytes, show: (value) => formatBytes(value) },
  { title: 'Parameters', better: 'low', value: ({ result }) => result?.parameters, show: (value) => formatCount(value) },
  {
    title: 'Training', better: 'low', value: ({ result }) => result?.trainingSeconds,
    show(value, { fit }) {
      const speed = numberOf(fit?.['trainingImagesPerSecond']);
      return speed === undefined ? formatSeconds(value) : html`${formatSeconds(value)}<small>${formatCount(speed)} images/s</small>`;
    },
  },
];

const ROLE_NOTES: Readonly<Record<ModelRole, string>> = { model: '', ensemble: 'ensemble', variant: 'compressed' };

/** All models and the ensemble, most accurate first; the best figure of a column is marked. */
export function resultTable(content: ReportContent): Html {
  const models = reportedModels(content);
  const columns = COLUMNS.filter(({ value }) => models.some((model) => value(model) !== undefined));
  const bests = columns.map(({ value, better }) => {
    const values = models.flatMap((model) => value(model) ?? []);
    return better === 'high' ? Math.max(...values) : Math.min(...values);
  });
  const rows = models.map(
    (model) => html`<tr><th scope="row">${model.name}<small>${noteOf(model, models.length <= MANY_MODELS)}</small></th>${columns.map(({ value, show }, index) => {
      const figure = value(model);
      if (figure === undefined) return html`<td class="none">–</td>`;
      return html`<td class="${figure === bests[index] ? 'best' : ''}">${show(figure, model)}</td>`;
    })}</tr>`,
  );
  return html`<div class="scroll"><table class="results${models.length > MANY_MODELS ? ' many' : ''}"><thead><tr><th scope="col">Model</th>${columns.map(({ title }) => html`<th scope="col">${title}</th>`)}</tr></thead>
    <tbody>${rows}</tbody></table></div>
    <p class="note">Best figure of each column in bold. Accuracy with its 95&nbsp;% Wilson interval. ${models.some(({ spread }) => spread)
      ? html`Of a model with several seeds, accuracy and log-loss are the mean and the standard deviation over them (<a href="#seeds">each seed</a>), all else is of the first.` : undefined} p50 and p99 are the time for a single image and images/s
    the throughput in batches, both on the machine of this run, with the runtime named ${models.length <= MANY_MODELS ? 'under the model' : 'model by model'}. Training is the time the fit took when it was computed${models.some(({ fit }) => numberOf(fit?.['trainingImagesPerSecond']) !== undefined)
      ? '; of a network also the images it was trained on in a second of it, validation and all' : ''}.</p>`;
}

function noteOf({ name, role, result, spread }: ReportedModel, withRuntime: boolean): string {
  return [spread ? `${spread.names.length} seeds` : '', ROLE_NOTES[role] === name ? '' : ROLE_NOTES[role], (withRuntime && result?.latency?.runtime) || ''].filter((part) => part !== '').join(' · ');
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}
