import * as Plot from '@observablehq/plot';
import type { JsonObject } from '../../shared/json.js';
import { foldAway } from './fold-away.js';
import { html, type Html } from './html.js';
import { formatTick } from './number-format.js';
import { plotFigure } from './plot-figure.js';
import type { ReportContent } from './report-content.js';
import { reportedModels } from './reported-model.js';
import { trainingSeries, type TrainingCurves, type TrainingSeries } from './training-series.js';

const COLOURS = ['var(--blue)', 'var(--orange)', 'var(--green)', 'var(--violet)'] as const;

/** Models whose curves are seen at once, the most accurate. */
const SHOWN = 4;

/** Quantities that share an axis. */
const PANELS: readonly { readonly title: string; readonly holds: RegExp }[] = [
  { title: 'accuracy', holds: /accuracy/i },
  { title: 'error rate', holds: /error/i },
  { title: 'learning rate', holds: /learningRate|^lr$/i },
  { title: 'loss', holds: /./ },
];

/** Loss and accuracy while each model was trained, as far as its fit reported them. */
export function trainingCurves(content: ReportContent): Html | undefined {
  const models = reportedModels(content).flatMap(({ name, fit }) => {
    const figures = fit ? figuresOf(name, fit) : [];
    return figures.length === 0 ? [] : [html`${figures}`];
  });
  return models.length === 0 ? undefined : foldAway(models, SHOWN, (rest) => `${rest} more models`, (figures) => html`<div class="grid">${figures}</div>`);
}

function figuresOf(model: string, fit: JsonObject): Html[] {
  const curves = trainingSeries(fit);
  if (!curves) return [];
  const panelOf = (series: TrainingSeries): string | undefined => PANELS.find(({ holds }) => holds.test(series.name))?.title;
  return PANELS.flatMap(({ title }) => {
    const shown = curves.series.filter((series) => panelOf(series) === title);
    return shown.length === 0 ? [] : [curveFigure({ ...curves, model, title, series: shown })];
  });
}

interface CurvePanel extends TrainingCurves {
  readonly model: string;
  readonly title: string;
}

function curveFigure({ model, title, unit, series, best }: CurvePanel): Html {
  const points = series.flatMap(({ name, points: line }, index) => line.map((point) => ({ ...point, name, colour: COLOURS[index % COLOURS.length] })));
  const least = Math.min(...points.map(({ y }) => y));
  const logarithmic = title === 'loss' && least > 0 && Math.max(...points.map(({ y }) => y)) / least > 10;
  const keys = series.map(({ name }, index) => html`<span class="key" style="--key:${COLOURS[index % COLOURS.length]}">${wordsOf(name)}</span>`);
  const note = best === undefined ? undefined : html` Dashed: the ${unit} that was kept (${best}).`;
  return plotFigure(html`<b>${model}</b>: ${title} by ${unit}. ${keys}.${note}`, `${title} of ${model} by ${unit}`, {
    width: 480, height: 260, marginLeft: 52, marginBottom: 40, marginTop: 22, marginRight: 16,
    x: { label: unit, ticks: Math.min(6, Math.max(...points.map(({ x }) => x)) - 1), labelAnchor: 'center', labelArrow: 'none' },
    y: { label: title, grid: true, ticks: 5, labelArrow: 'none', ...(logarithmic ? { type: 'log', tickFormat: formatTick } : { zero: false }) },
    marks: [
      ...(best === undefined ? [] : [Plot.ruleX([best], { stroke: 'currentColor', strokeOpacity: 0.5, strokeDasharray: '4,3' })]),
      Plot.line(points, { x: 'x', y: 'y', z: 'name', stroke: 'colour', strokeWidth: 2 }),
      ...(points.length > 80 ? [] : [Plot.dot(points, { x: 'x', y: 'y', fill: 'colour', r: 2.5 })]),
    ],
  });
}

function wordsOf(name: string): string {
  return name.replace(/([a-z])([A-Z])/g, '$1 $2').replace(/[_-]/g, ' ').toLowerCase();
}
