import { html, type Html } from './html.js';
import { formatCount, formatPercent } from './number-format.js';
import type { ReportContent } from './report-content.js';
import { reportedModels, type ReportedModel } from './reported-model.js';

/** The ensembles, by what chose among them: the log-loss on the validation rows. Undefined where there is none. */
export function ensembleTable(content: ReportContent): Html | undefined {
  const ensembles = reportedModels(content).filter(({ role }) => role === 'ensemble')
    .sort((a, b) => (figureOf(a, 'validationLogLoss') ?? Infinity) - (figureOf(b, 'validationLogLoss') ?? Infinity));
  if (ensembles.length === 0) return undefined;
  return html`<figure><div class="scroll"><table class="compact"><thead><tr><th>ensemble</th><th>models</th><th>fitted on rows</th><th>log-loss out of fold</th>
      <th>validation log-loss</th><th>validation accuracy</th><th>test accuracy</th><th>weights</th></tr></thead>
    <tbody>${ensembles.map((model) => html`<tr><th>${model.name}<small>${methodOf(model)}</small></th><td>${model.result?.bases?.length ?? '–'}</td>
      ${cell(figureOf(model, 'rows'), formatCount)}${cell(figureOf(model, 'outOfFoldLogLoss'), fine)}${cell(figureOf(model, 'validationLogLoss'), fine)}
      ${cell(figureOf(model, 'validationAccuracy'), formatPercent)}<td>${formatPercent(model.evaluation.accuracy)}</td><td>${weightsOf(model)}</td></tr>`)}</tbody></table></div>
    <figcaption>Best on the validation rows first; the test images chose nothing. Out of fold: every row answered by an ensemble of the other folds' rows.
      Validation: by ensembles that did not see the row; of those fitted on out-of-fold rows (-oof), by one of the rows before the validation rows, from the models that are kept.
      Weights: the three largest.</figcaption></figure>`;
}

function methodOf({ name, result }: ReportedModel): string {
  return result && result.kind !== name ? result.kind : '';
}

function figureOf({ fit }: ReportedModel, name: string): number | undefined {
  const value = fit?.[name];
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

function cell(value: number | undefined, show: (value: number) => string): Html {
  return value === undefined ? html`<td class="none">–</td>` : html`<td>${show(value)}</td>`;
}

function fine(value: number): string {
  return value.toFixed(5);
}

function weightsOf({ fit }: ReportedModel): string {
  const weights = fit?.['weights'];
  if (typeof weights !== 'object' || weights === null) return '–';
  const largest = Object.entries(weights).filter((entry): entry is [string, number] => typeof entry[1] === 'number').sort((a, b) => Math.abs(b[1]) - Math.abs(a[1]));
  return largest.slice(0, 3).map(([name, weight]) => `${name} ${weight.toFixed(2)}`).join(', ');
}
