import * as Plot from '@observablehq/plot';
import type { DataDescription, MeasureName } from '../../shared/analysis/data-description.js';
import { MEASURES } from '../analysis/describe/measures.js';
import { html, type Html } from './html.js';
import { formatCount, formatPercent } from './number-format.js';
import { plotFigure } from './plot-figure.js';

const DISTRIBUTIONS: readonly MeasureName[] = ['brightness', 'contrast', 'edges', 'entropy', 'strokeWidth', 'boxWidth'];
const EVEN_SHARES = 10;
const DECADES = [1, 10, 100, 1000, 10_000, 100_000, 1_000_000];

/** How many training images each digit has. */
export function classBalance({ digits, train }: DataDescription): Html {
  const counts = digits.map(({ count }) => count);
  const even = train.count / EVEN_SHARES;
  const bars = digits.map(({ digit, count }) => ({ digit, count, colour: count === Math.min(...counts) ? 'var(--orange)' : 'var(--blue)' }));
  return plotFigure(
    html`Class balance: training images by digit; the dashed line is an even share. The largest digit has ${(Math.max(...counts) / Math.min(...counts)).toFixed(2)} times
      the images of the <span class="key" style="--key:var(--orange)">smallest</span>.`,
    'Training images by digit',
    {
      width: 480, height: 260, marginLeft: 12, marginTop: 20, marginBottom: 30, marginRight: 6,
      x: { domain: digits.map(({ digit }) => digit), label: null, tickSize: 0, padding: 0.18 },
      y: { axis: null },
      marks: [
        Plot.barY(bars, { x: 'digit', y: 'count', fill: 'colour', fillOpacity: 0.75 }),
        Plot.text(bars, { x: 'digit', y: 'count', text: ({ count }: { count: number }) => formatCount(count), dy: -8, fill: 'currentColor', fontSize: 11 }),
        Plot.ruleY([even], { stroke: 'currentColor', strokeOpacity: 0.6, strokeDasharray: '4,3' }),
      ],
    },
  );
}

/** How quality is spread over the training images. */
export function qualityChart({ quality, train }: DataDescription): Html {
  const { histogram, score } = quality;
  const bins = histogram.map((count, i) => ({ from: i / histogram.length, to: (i + 1) / histogram.length, count })).filter(({ count }) => count > 0);
  const high = bins.filter(({ from }) => from >= 0.9).reduce((sum, { count }) => sum + count, 0);
  return plotFigure(
    html`Quality of the training images, in bins of ${(1 / histogram.length).toFixed(2)}; counts on a logarithmic scale. Half of the images reach ${score.median.toFixed(3)};
      ${formatPercent(high / train.count, 1)} are at 0.9 or above.`,
    'Histogram of quality',
    {
      width: 480, height: 260, marginLeft: 52, marginTop: 14, marginBottom: 40, marginRight: 10,
      x: { domain: [0, 1], label: 'quality', labelAnchor: 'center', labelArrow: 'none', ticks: 6 },
      y: { type: 'log', domain: [0.7, 2 * Math.max(...histogram)], label: 'images', ticks: DECADES.filter((count) => count <= Math.max(...histogram)), tickFormat: (value: number) => formatCount(value), grid: true, labelArrow: 'none' },
      marks: [Plot.rectY(bins, { x1: 'from', x2: 'to', y1: 0.7, y2: 'count', fill: 'var(--green)', fillOpacity: 0.75, insetLeft: 0.5, insetRight: 0.5 })],
    },
  );
}

/** The middle and the usual range of six measures, by digit. */
export function measureRanges(description: DataDescription): Html {
  return html`<div class="ranges">${DISTRIBUTIONS.map((measure) => measureRange(description, measure))}</div>
    <p class="note">Median (dot) and the range of nine images in ten (5th to 95th percentile), by digit; the dashed line is the median of all training images.</p>`;
}

function measureRange({ digits, train }: DataDescription, measure: MeasureName): Html {
  const { title, unit, definition } = MEASURES[measure];
  const shown = digits.map(({ digit, measures }) => ({ digit, ...measures[measure] }));
  return plotFigure(html`<b>${title}${unit === '' ? '' : `, ${unit}`}</b>: ${definition}.`, `${title} by digit`, {
    width: 340, height: 210, marginLeft: 22, marginTop: 6, marginBottom: 24, marginRight: 10,
    x: { label: null, ticks: 5, nice: true, grid: true },
    y: { type: 'band', domain: digits.map(({ digit }) => digit), label: null, tickSize: 0 },
    marks: [
      Plot.ruleX([train.measures[measure].median], { stroke: 'currentColor', strokeOpacity: 0.6, strokeDasharray: '4,3' }),
      Plot.ruleY(shown, { y: 'digit', x1: 'p5', x2: 'p95', stroke: 'var(--blue)', strokeOpacity: 0.5, strokeWidth: 5 }),
      Plot.dot(shown, { y: 'digit', x: 'median', r: 4, fill: 'var(--blue)' }),
    ],
  });
}
