import * as Plot from '@observablehq/plot';
import { budgetOf } from '../../shared/analysis/augmentation-impact.js';
import type { WayImpact } from '../../shared/analysis/augmentation-impact.js';
import { html, type Html } from './html.js';
import { wayLabel } from './impact-advice.js';
import { formatCount, formatPercent } from './number-format.js';
import { plotFigure } from './plot-figure.js';

/** Every seed of every way to augment, their means, and the mean of none with as many images seen. */
export function impactPlot(ways: readonly WayImpact[], validationRows: number): Html {
  const labels = ways.map(wayLabel);
  const dots = ways.flatMap((way) => way.accuracies.map((accuracy) => ({ way: wayLabel(way), accuracy: 100 * accuracy })));
  const means = ways.map((way) => ({
    way: wayLabel(way), accuracy: 100 * way.accuracy.mean, text: formatPercent(way.accuracy.mean),
    none: 100 * (ways.find((other) => budgetOf(other) === budgetOf(way))?.accuracy.mean ?? way.accuracy.mean),
  }));
  const [least, most] = [Math.min(...dots.map(({ accuracy }) => accuracy)), Math.max(...dots.map(({ accuracy }) => accuracy))];
  const room = Math.max(0.02, 0.08 * (most - least));
  const right = Math.min(100, most + room);
  const caption = html`Accuracy on the ${formatCount(validationRows)} validation images. Dots: each seed; blue bars: their mean; grey lines: the mean of none with as many images seen.`;
  return plotFigure(caption, 'Validation accuracy of each way to augment, seed by seed', {
    width: 720, height: 62 + 28 * ways.length, marginLeft: 14 + Math.min(340, 6.6 * Math.max(...labels.map(({ length }) => length))), marginRight: 70, marginTop: 10, marginBottom: 40,
    x: { domain: [least - room, right], ticks: 5, label: 'validation accuracy, %', grid: true, labelAnchor: 'center', labelArrow: 'none' },
    y: { domain: labels, label: null, tickSize: 0 },
    marks: [
      Plot.tickX(means, { x: 'none', y: 'way', stroke: 'currentColor', strokeOpacity: 0.45 }),
      Plot.dot(dots, { x: 'accuracy', y: 'way', fill: 'var(--blue)', fillOpacity: 0.45, r: 4.5 }),
      Plot.tickX(means, { x: 'accuracy', y: 'way', stroke: 'var(--blue)', strokeWidth: 3, inset: 6 }),
      Plot.text(means, { x: right, y: 'way', dx: 8, textAnchor: 'start', fill: 'currentColor', fontWeight: 600, text: 'text' }),
    ],
  });
}
