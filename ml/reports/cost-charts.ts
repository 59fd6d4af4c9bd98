import * as Plot from '@observablehq/plot';
import { paretoFront } from '../evaluation/pareto-front.js';
import { MANY_MODELS } from './fold-away.js';
import { html, type Html } from './html.js';
import { formatTick } from './number-format.js';
import { placeLabels } from './place-labels.js';
import { plotFigure } from './plot-figure.js';
import type { ReportContent } from './report-content.js';
import { reportedModels, type ReportedModel } from './reported-model.js';
import { ROLE_COLOURS } from './role-colours.js';

interface Cost {
  readonly label: string;
  readonly caption: string;
  readonly of: (model: ReportedModel) => number | undefined;
}

const COSTS: readonly Cost[] = [
  { label: 'size, kB', caption: 'Errors against the size of the stored model.', of: ({ result }) => result && result.bytes / 1000 },
  { label: 'one image, ms (median)', caption: 'Errors against the time for one image.', of: ({ result }) => result?.latency?.p50Ms },
];

interface Point {
  readonly name: string;
  readonly colour: string;
  readonly cost: number;
  /** Per cent, above zero: the axis is logarithmic. */
  readonly error: number;
}

/** What accuracy costs: test errors against size and latency. Down and to the left is better. */
export function costCharts(content: ReportContent): Html | undefined {
  const models = reportedModels(content);
  const halfAnImage = 50 / content.evaluation.rows;
  const charts = COSTS.flatMap(({ label, caption, of }) => {
    const points = models.flatMap((model): Point[] => {
      const cost = of(model);
      const error = Math.max(halfAnImage, 100 * (1 - model.evaluation.accuracy));
      return cost !== undefined && cost > 0 ? [{ name: model.name, colour: ROLE_COLOURS[model.role], cost, error }] : [];
    });
    return points.length < 2 ? [] : [costChart(points, label, caption)];
  });
  return charts.length === 0 ? undefined : html`<div class="grid">${charts}</div>
    <p class="note">Both axes are logarithmic; down and to the left is better. The line joins the models that no other beats on both
    counts.${models.length > MANY_MODELS ? ' Names stand at those, and at others where there is room; the pointer shows every name.' : ''}</p>`;
}

const FRAME = { width: 480, height: 300, marginLeft: 48, marginBottom: 42, marginTop: 26, marginRight: 16 };

function costChart(points: readonly Point[], label: string, caption: string): Html {
  const sorted = [...points].sort((a, b) => a.cost - b.cost || a.error - b.error);
  const front = paretoFront(sorted.map(({ cost, error }) => [cost, error])).flatMap((index) => sorted[index] ?? []);
  const x = logAxis(points.map(({ cost }) => cost), FRAME.marginLeft, FRAME.width - FRAME.marginRight);
  const height = points.length > MANY_MODELS ? FRAME.height * 1.4 : FRAME.height;
  const y = logAxis(points.map(({ error }) => error), height - FRAME.marginBottom, FRAME.marginTop);
  const named = [...front, ...points.filter((point) => !front.includes(point))];
  const offsets = placeLabels(named.map(({ name, cost, error }, index) => (
    { text: name, x: x.at(cost), y: y.at(error), optional: points.length > MANY_MODELS && index >= front.length })), [FRAME.marginLeft, FRAME.width]);
  return plotFigure(html`${caption}`, caption, {
    ...FRAME, height,
    x: { type: 'log', domain: x.domain, label, ticks: 4, tickFormat: formatTick, grid: true, labelAnchor: 'center', labelArrow: 'none' },
    y: { type: 'log', domain: y.domain, label: 'test error, %', ticks: 4, tickFormat: formatTick, grid: true, labelArrow: 'none' },
    marks: [
      Plot.line(front, { x: 'cost', y: 'error', stroke: 'currentColor', strokeOpacity: 0.3 }),
      Plot.dot(points, { x: 'cost', y: 'error', fill: 'colour', r: 5, title: 'name' }),
      ...named.flatMap((point, index) => (offsets[index] ? [Plot.text([point], { x: 'cost', y: 'error', text: 'name', fill: 'currentColor', ...offsets[index] })] : [])),
    ],
  });
}

interface LogAxis {
  readonly domain: [number, number];
  /** The px at which a value stands. */
  at(value: number): number;
}

/** A logarithmic axis with a tenth of room at both ends; needed here since labels are placed in px. */
function logAxis(values: readonly number[], from: number, to: number): LogAxis {
  const [low, high] = [Math.log(Math.min(...values)), Math.log(Math.max(...values))];
  const room = Math.max(0.15, 0.12 * (high - low));
  const [start, end] = [low - room, high + room];
  return { domain: [Math.exp(start), Math.exp(end)], at: (value) => from + ((to - from) * (Math.log(value) - start)) / (end - start) };
}
