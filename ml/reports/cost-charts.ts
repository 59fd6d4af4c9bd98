import * as Plot from '@observablehq/plot';
import { paretoFront } from '../evaluation/pareto-front.js';
import { accuracyTick, leastError } from './error-scale.js';
import { MANY_MODELS } from './fold-away.js';
import { html, type Html } from './html.js';
import { logAxis } from './log-axis.js';
import { formatBytes, formatCount, formatMilliseconds, formatPercent, formatTick } from './number-format.js';
import { placeLabels } from './place-labels.js';
import { plotFigure } from './plot-figure.js';
import type { ReportContent } from './report-content.js';
import { accuracyOf, reportedModels, type ReportedModel } from './reported-model.js';
import { ROLE_COLOURS } from './role-colours.js';

interface Cost {
  readonly label: string;
  readonly caption: string;
  readonly tick: (value: number) => string;
  readonly of: (model: ReportedModel) => number | undefined;
}

const SIZE: Cost = { label: 'size', caption: 'Accuracy against the size of what is stored.', tick: formatBytes, of: ({ result }) => result?.bytes };
const LATENCY: Cost = { label: 'one image, ms (median)', caption: 'Accuracy against the time for one image.', tick: formatTick, of: ({ result }) => result?.latency?.p50Ms };
const COSTS: readonly Cost[] = [SIZE, LATENCY];

interface Point {
  readonly name: string;
  readonly colour: string;
  readonly cost: number;
  /** Per cent, above zero: the axis is logarithmic. */
  readonly error: number;
  /** What the pointer shows. */
  readonly facts: string;
}

/** What accuracy costs: test accuracy of every model and variant against size and latency, with the Pareto front of each. */
export function costCharts(content: ReportContent): Html | undefined {
  const models = reportedModels(content);
  const least = leastError(content.evaluation.rows);
  const charts = COSTS.flatMap((cost) => {
    const points = models.flatMap((model): Point[] => {
      const value = cost.of(model);
      if (value === undefined || value <= 0) return [];
      return [{ name: model.name, colour: ROLE_COLOURS[model.role], cost: value, error: Math.max(least, 100 * (1 - accuracyOf(model))), facts: factsOf(model) }];
    });
    return points.length < 2 ? [] : [costChart(points, cost)];
  });
  return charts.length === 0 ? undefined : html`<div class="grid">${charts}</div>
    <p class="note">All axes are logarithmic, that of accuracy in the errors; up and to the left is better. The line is the Pareto front: the most
    accurate that there is at each cost. Models that another beats on both counts are pale.${models.length > MANY_MODELS ? ' Names stand at those of the front, and at others where there is room.' : ''}
    The pointer shows every model’s figures.${unbeaten(models)}</p>`;
}

/** Who is on the front of size, latency and accuracy together. */
function unbeaten(models: readonly ReportedModel[]): Html | undefined {
  const known = models.flatMap((model) => {
    const [bytes, p50Ms] = [SIZE.of(model), LATENCY.of(model)];
    return bytes === undefined || p50Ms === undefined ? [] : [{ name: model.name, costs: [bytes, p50Ms, 1 - accuracyOf(model)] }];
  });
  const names = paretoFront(known.map(({ costs }) => costs)).map((index) => known[index]?.name);
  return names.length === 0 ? undefined : html` Beaten by none on size, time and accuracy together: ${names.map((name, i) => html`${i === 0 ? '' : ', '}<b>${name}</b>`)}.`;
}

function factsOf(model: ReportedModel): string {
  const { name, errors, result } = model;
  const latency = result?.latency;
  return [
    name, `${formatPercent(accuracyOf(model))} correct, ${formatCount(errors)} errors`, ...(result ? [formatBytes(result.bytes)] : []),
    ...(latency ? [`${formatMilliseconds(latency.p50Ms)} an image (p99 ${formatMilliseconds(latency.p99Ms)})`, latency.runtime] : []),
  ].join('\n');
}

const FRAME = { width: 480, height: 320, marginLeft: 52, marginBottom: 42, marginTop: 26, marginRight: 16 };
const PALE = 0.45;

function costChart(points: readonly Point[], { label, caption, tick }: Cost): Html {
  const sorted = [...points].sort((a, b) => a.cost - b.cost || a.error - b.error);
  const front = paretoFront(sorted.map(({ cost, error }) => [cost, error])).flatMap((index) => sorted[index] ?? []);
  const others = points.filter((point) => !front.includes(point));
  const height = points.length > MANY_MODELS ? FRAME.height * 1.4 : FRAME.height;
  const x = logAxis(points.map(({ cost }) => cost), FRAME.marginLeft, FRAME.width - FRAME.marginRight);
  const y = logAxis(points.map(({ error }) => error), FRAME.marginTop, height - FRAME.marginBottom);
  const named = [...front, ...others];
  const offsets = placeLabels(named.map(({ name, cost, error }, index) => (
    { text: name, x: x.at(cost), y: y.at(error), optional: points.length > MANY_MODELS && index >= front.length })), [FRAME.marginLeft, FRAME.width]);
  const reach = [...front, ...front.slice(-1).map((last) => ({ ...last, cost: x.domain[1] }))]; // more money buys no less
  return plotFigure(html`${caption}`, caption, {
    ...FRAME, height,
    x: { type: 'log', domain: x.domain, label, ticks: [...x.ticks], tickFormat: tick, grid: true, labelAnchor: 'center', labelArrow: 'none' },
    y: { type: 'log', domain: [y.domain[1], y.domain[0]], label: 'test accuracy, %', ticks: [...y.ticks], tickFormat: accuracyTick, grid: true, labelArrow: 'none' },
    marks: [
      Plot.line(reach, { x: 'cost', y: 'error', curve: 'step-after', stroke: 'var(--violet)', strokeWidth: 2, strokeOpacity: 0.75 }),
      Plot.dot(others, { x: 'cost', y: 'error', fill: 'colour', fillOpacity: PALE, r: 4, title: 'facts' }),
      Plot.dot(front, { x: 'cost', y: 'error', fill: 'colour', stroke: 'var(--violet)', strokeWidth: 2, r: 6, title: 'facts' }),
      ...named.flatMap((point, index) => (offsets[index] ? [Plot.text([point], { x: 'cost', y: 'error', text: 'name', fill: 'currentColor', stroke: 'var(--paper)', strokeWidth: 3, fontWeight: index < front.length ? 650 : 400, ...offsets[index] })] : [])),
    ],
  });
}
