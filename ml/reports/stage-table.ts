import * as Plot from '@observablehq/plot';
import { html, type Html } from './html.js';
import { formatCount, formatSeconds } from './number-format.js';
import { plotFigure } from './plot-figure.js';
import type { ReportContent } from './report-content.js';

/** Where the computing time went. The report's own stage is still open while it is written, so it is not listed. */
export function stageTable({ result }: ReportContent): Html | undefined {
  const stages = result.stages.filter(({ name, state }) => name !== 'report' && state === 'done');
  if (stages.length === 0) return undefined;
  const off = result.stages.filter(({ state }) => state === 'skipped').map(({ name }) => name);
  const rows = stages.map(({ name, computedSeconds, steps }) => ({ name, computedSeconds, label: `${formatSeconds(computedSeconds)} · ${formatCount(steps)} ${steps === 1 ? 'step' : 'steps'}` }));
  return html`${plotFigure(
    html`Seconds of computation in each stage, summed over its steps and taken when each was computed; steps run side by side, so the sum
      is more than the time on the clock. ${off.length > 0 ? `Switched off in this run: ${off.join(', ')}.` : undefined}`,
    'Seconds of each stage',
    {
      width: 540, height: 26 + 30 * rows.length, marginLeft: 76, marginRight: 124, marginTop: 6, marginBottom: 8,
      x: { axis: null }, y: { domain: rows.map(({ name }) => name), label: null, tickSize: 0 },
      marks: [
        Plot.barX(rows, { x: 'computedSeconds', y: 'name', fill: 'var(--blue)', fillOpacity: 0.7, insetTop: 2, insetBottom: 2 }),
        Plot.ruleX([0]),
        Plot.text(rows, { x: 'computedSeconds', y: 'name', text: 'label', dx: 6, textAnchor: 'start', fill: 'currentColor' }),
      ],
    },
  )}`;
}
