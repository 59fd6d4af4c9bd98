import * as Plot from '@observablehq/plot';
import { accuracyTick, leastError } from './error-scale.js';
import { MANY_MODELS } from './fold-away.js';
import { html, type Html } from './html.js';
import { formatCount, formatPercent } from './number-format.js';
import { plotFigure } from './plot-figure.js';
import type { ReportContent } from './report-content.js';
import { reportedModels } from './reported-model.js';
import { ROLE_COLOURS } from './role-colours.js';

/** A worst model with so many times the errors of the best would push the best ones together on an even scale. */
const WIDE = 8;
/** Rates of error, in per cent, that a logarithmic scale names. */
const TICKS = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 90];

/** Test accuracy of each model with its 95 % interval; by the logarithm of the error where models are far apart. */
export function accuracyChart(content: ReportContent): Html {
  const least = leastError(content.evaluation.rows);
  const points = reportedModels(content).map(({ name, role, evaluation }) => ({
    name, colour: ROLE_COLOURS[role], accuracy: evaluation.accuracy, error: Math.max(least, 100 * (1 - evaluation.accuracy)),
    most: 100 * (1 - evaluation.accuracyInterval[0]), least: Math.max(least, 100 * (1 - evaluation.accuracyInterval[1])),
  }));
  const longest = Math.max(...points.map(({ name }) => name.length));
  const right = Math.min(...points.map((point) => point.least));
  const left = Math.max(...points.map((point) => point.most));
  const wide = Math.max(...points.map(({ error }) => error)) > WIDE * Math.min(...points.map(({ error }) => error));
  const room = Math.max(0.05, 0.06 * (left - right));
  const scale = wide
    ? { type: 'log' as const, domain: [left * 1.1, right / 1.1], ticks: TICKS.filter((tick) => tick < left && tick > right) }
    : { domain: [left + room, Math.max(0, right - room)], ticks: 5 };
  const caption = html`Dots: accuracy on the ${formatCount(content.evaluation.rows)} test images; bars: 95&nbsp;% intervals.
    <span class="key" style="--key:var(--blue)">model</span> <span class="key" style="--key:var(--orange)">ensemble</span>
    <span class="key" style="--key:var(--green)">compressed</span>. ${wide ? 'The scale is logarithmic in the errors.' : ''} Models are judged on the same images, so
    overlapping bars do not settle a comparison: the paired tests do.`;
  return plotFigure(caption, 'Test accuracy with 95 % intervals', {
    width: wide ? 720 : 540, height: 60 + (points.length > MANY_MODELS ? 21 : 34) * points.length,
    marginLeft: 14 + Math.min(220, 6.6 * longest), marginRight: 62, marginTop: 10, marginBottom: 40,
    x: { ...scale, tickFormat: accuracyTick, label: 'test accuracy, %', grid: true, labelAnchor: 'center', labelArrow: 'none' },
    y: { domain: points.map(({ name }) => name), label: null, tickSize: 0 },
    marks: [
      Plot.ruleY(points, { y: 'name', x1: 'most', x2: 'least', stroke: 'colour', strokeWidth: 5, strokeOpacity: 0.35, strokeLinecap: 'round' }),
      Plot.dot(points, { x: 'error', y: 'name', fill: 'colour', r: points.length > MANY_MODELS ? 4 : 5 }),
      Plot.text(points, {
        x: 'least', y: 'name', dx: 10, textAnchor: 'start', fill: 'currentColor', fontWeight: 600,
        text: (point: { accuracy: number }) => formatPercent(point.accuracy),
      }),
    ],
  });
}
