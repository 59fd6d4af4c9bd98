import * as Plot from '@observablehq/plot';
import type { JsonObject } from '../../shared/json.js';
import { classImportance } from './class-importance.js';
import { foldAway } from './fold-away.js';
import { html, type Html } from './html.js';
import { plotFigure } from './plot-figure.js';
import type { ReportContent } from './report-content.js';
import { reportedModels } from './reported-model.js';

/** Columns shown of each model. */
const SHOWN = 20;
/** Models seen at once, the most accurate. */
const SHOWN_MODELS = 4;

/**
 * The columns that the trees gained most from, for each model whose fit reports `importance: [[column, gain], ..]`; below them
 * those of each digit, where the fit reports them.
 */
export function featureImportance(content: ReportContent): Html | undefined {
  const figures = reportedModels(content).flatMap(({ name, fit }) => {
    const columns = fit ? importanceOf(fit) : [];
    return columns.length === 0 ? [] : [importanceFigure(name, columns)];
  });
  if (figures.length === 0) return undefined;
  return html`${foldAway(figures, SHOWN_MODELS, (rest) => `${rest} more models`, (shown) => html`<div class="grid">${shown}</div>`)}${classImportance(content)}`;
}

interface ColumnGain {
  readonly column: string;
  readonly gain: number;
}

function importanceOf(fit: JsonObject): ColumnGain[] {
  const entries = Array.isArray(fit['importance']) ? fit['importance'] : [];
  return entries
    .flatMap((entry: unknown) => (Array.isArray(entry) && typeof entry[0] === 'string' && typeof entry[1] === 'number' ? [{ column: entry[0], gain: entry[1] }] : []))
    .sort((a, b) => b.gain - a.gain || (a.column < b.column ? -1 : 1))
    .slice(0, SHOWN);
}

function importanceFigure(model: string, columns: readonly ColumnGain[]): Html {
  const longest = Math.max(...columns.map(({ column }) => column.length));
  return plotFigure(html`<b>${model}</b>: gain of the splits on a column, the ${columns.length} largest.`, `Feature importance of ${model}`, {
    width: 480, height: 44 + 19 * columns.length, marginLeft: 20 + Math.min(220, 7 * longest), marginRight: 16, marginTop: 4, marginBottom: 36,
    x: { label: 'gain', grid: true, ticks: 5, tickFormat: '~s', labelAnchor: 'center', labelArrow: 'none' },
    y: { domain: columns.map(({ column }) => column), label: null, tickSize: 0 },
    marks: [Plot.barX(columns, { x: 'gain', y: 'column', fill: 'var(--blue)', fillOpacity: 0.75, insetTop: 1, insetBottom: 1 }), Plot.ruleX([0])],
  });
}
