import type { JsonObject } from '../../shared/json.js';
import { foldAway } from './fold-away.js';
import { html, type Html } from './html.js';
import { formatPercent } from './number-format.js';
import type { ReportContent } from './report-content.js';
import { reportedModels } from './reported-model.js';

/** Models seen at once, the most accurate. */
const SHOWN_MODELS = 1;

/**
 * For each digit the columns that its own trees gained most from, with their part of all that these trees gained: a table for
 * each model whose fit reports `classImportance: [[[column, gain], ..], ..]` and `classGain: [gain, ..]`.
 */
export function classImportance(content: ReportContent): Html | undefined {
  const tables = reportedModels(content).flatMap(({ name, fit }) => {
    const digits = fit ? digitsOf(fit) : [];
    return digits.every((columns) => columns.length === 0) ? [] : [tableOf(name, digits)];
  });
  return tables.length === 0 ? undefined : foldAway(tables, SHOWN_MODELS, (rest) => `${rest} more models by digit`, (shown) => html`${shown}`);
}

interface ColumnShare {
  readonly column: string;
  /** Of the digit's gain, in [0, 1]. */
  readonly share: number;
}

/** The columns of each digit, largest first. */
function digitsOf({ classImportance: columns, classGain: gains }: JsonObject): ColumnShare[][] {
  if (!Array.isArray(columns) || !Array.isArray(gains)) return [];
  return columns.map((entries: unknown, digit) => {
    const all: unknown = gains[digit];
    if (!Array.isArray(entries) || typeof all !== 'number' || !(all > 0)) return [];
    return entries.flatMap((entry: unknown) => (
      Array.isArray(entry) && typeof entry[0] === 'string' && typeof entry[1] === 'number' ? [{ column: entry[0], share: entry[1] / all }] : []));
  });
}

function tableOf(model: string, digits: readonly (readonly ColumnShare[])[]): Html {
  const places = Math.max(...digits.map(({ length }) => length));
  const rows = digits.map((columns, digit) => html`<tr><th scope="row">${digit}</th>${Array.from({ length: places }, (_, place) => {
    const found = columns[place];
    return found ? html`<td class="text">${found.column}<small>${formatPercent(found.share, 1)}</small></td>` : html`<td class="text none">–</td>`;
  })}</tr>`);
  return html`<figure><div class="scroll"><table class="compact"><thead><tr><th scope="col">Digit</th><th scope="col" colspan="${places}" class="text">columns, the largest gain first</th></tr></thead>
    <tbody>${rows}</tbody></table></div>
    <figcaption><b>${model}</b>, digit by digit: the columns that tell a digit from all others, with their part of the gain of the digit's own trees.</figcaption></figure>`;
}
