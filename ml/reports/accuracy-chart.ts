import * as Plot from '@observablehq/plot';
import { html, type Html } from './html.js';
import { formatCount, formatPercent } from './number-format.js';
import { plotFigure } from './plot-figure.js';
import type { ReportContent } from './report-content.js';
import { reportedModels } from './reported-model.js';
import { ROLE_COLOURS } from './role-colours.js';

/** Test accuracy of each model with its 95 % interval. */
export function accuracyChart(content: ReportContent): Html {
  const points = reportedModels(content).map(({ name, role, evaluation }) => ({
    name, colour: ROLE_COLOURS[role], accuracy: 100 * evaluation.accuracy,
    low: 100 * evaluation.accuracyInterval[0], high: 100 * evaluation.accuracyInterval[1],
  }));
  const longest = Math.max(...points.map(({ name }) => name.length));
  const low = Math.min(...points.map((point) => point.low));
  const high = Math.max(...points.map((point) => point.high));
  const room = Math.max(0.05, 0.06 * (high - low));
  const caption = html`Dots: accuracy on the ${formatCount(content.evaluation.rows)} test images; bars: 95&nbsp;% intervals.
    <span class="key" style="--key:var(--blue)">model</span> <span class="key" style="--key:var(--orange)">ensemble</span>
    <span class="key" style="--key:var(--green)">compressed</span>. Models are judged on the same images, so overlapping bars do not
    settle a comparison: the paired tests do.`;
  return plotFigure(caption, 'Test accuracy with 95 % intervals', {
    width: 540, height: 60 + 34 * points.length, marginLeft: 14 + Math.min(180, 6.6 * longest), marginRight: 62, marginTop: 10, marginBottom: 40,
    x: { domain: [low - room, Math.min(100, high + room)], label: 'test accuracy, %', grid: true, ticks: 5, labelAnchor: 'center', labelArrow: 'none' },
    y: { domain: points.map(({ name }) => name), label: null, tickSize: 0 },
    marks: [
      Plot.ruleY(points, { y: 'name', x1: 'low', x2: 'high', stroke: 'colour', strokeWidth: 5, strokeOpacity: 0.35, strokeLinecap: 'round' }),
      Plot.dot(points, { x: 'accuracy', y: 'name', fill: 'colour', r: 5 }),
      Plot.text(points, {
        x: 'high', y: 'name', dx: 10, textAnchor: 'start', fill: 'currentColor', fontWeight: 600,
        text: (point: { accuracy: number }) => formatPercent(point.accuracy / 100),
      }),
    ],
  });
}
