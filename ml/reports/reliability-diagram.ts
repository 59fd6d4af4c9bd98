import * as Plot from '@observablehq/plot';
import { html, type Html } from './html.js';
import { formatCount } from './number-format.js';
import { plotFigure } from './plot-figure.js';
import type { ReportedModel } from './reported-model.js';

/** Does a confidence of 80 % mean 80 % right? One dot per bin, its area the number of images in it. */
export function reliabilityDiagram({ name, evaluation }: ReportedModel): Html {
  const bins = evaluation.reliability.filter(({ count }) => count > 0);
  const top = bins.reduce((best, bin) => (bin.count > best.count ? bin : best), { count: 0, confidence: 0 });
  const share = bins.length === 0 ? undefined : html` The fullest bin (mean confidence ${top.confidence.toFixed(3)}) holds ${formatCount(top.count)} images.`;
  return plotFigure(
    html`Reliability: mean confidence against accuracy in 15 bins; dots on the dashed line are honest, those below it over-confident, those above it too modest.
      The dot's area grows with the bin's images.${share}`,
    `Reliability diagram of ${name}`,
    {
      width: 480, height: 340, marginLeft: 48, marginBottom: 42, marginTop: 14, marginRight: 22,
      x: { domain: [0, 1], label: 'mean confidence', ticks: 6, labelAnchor: 'center', labelArrow: 'none' },
      y: { domain: [0, 1], label: 'accuracy', ticks: 6, grid: true, labelAnchor: 'center', labelArrow: 'none' },
      r: { range: [0, 16] },
      marks: [
        Plot.line([[0, 0], [1, 1]], { stroke: 'currentColor', strokeOpacity: 0.5, strokeDasharray: '4,3' }),
        Plot.ruleX(bins, { x: 'confidence', y1: 'confidence', y2: 'accuracy', stroke: 'var(--orange)', strokeWidth: 2 }),
        Plot.dot(bins, { x: 'confidence', y: 'accuracy', r: 'count', fill: 'var(--blue)', fillOpacity: 0.35, stroke: 'none' }),
        Plot.dot(bins, { x: 'confidence', y: 'accuracy', r: 2.5, fill: 'var(--blue)' }),
      ],
    },
  );
}
