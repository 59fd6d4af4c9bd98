import * as Plot from '@observablehq/plot';
import { html, type Html } from './html.js';
import { plotFigure } from './plot-figure.js';
import type { ReportedModel } from './reported-model.js';

/** The pairs of digits that a model confuses most often, as bars. */
export function confusedPairs({ name, evaluation }: ReportedModel): Html | undefined {
  const pairs = evaluation.mostConfused.filter(({ count }) => count > 0).slice(0, 10);
  if (pairs.length === 0) return undefined;
  const bars = pairs.map(({ actual, predicted, count }) => ({ pair: `${actual} read as ${predicted}`, count }));
  return plotFigure(html`Most confused pairs: how often a digit was read as another.`, `Most confused pairs of ${name}`, {
    width: 480, height: 34 + 28 * bars.length, marginLeft: 92, marginRight: 40, marginTop: 6, marginBottom: 12,
    x: { axis: null }, y: { domain: bars.map(({ pair }) => pair), label: null, tickSize: 0 },
    marks: [
      Plot.barX(bars, { x: 'count', y: 'pair', fill: 'var(--orange)', fillOpacity: 0.7, insetTop: 2, insetBottom: 2 }),
      Plot.text(bars, { x: 'count', y: 'pair', text: 'count', dx: 6, textAnchor: 'start', fill: 'currentColor' }),
    ],
  });
}
