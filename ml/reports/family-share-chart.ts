import * as Plot from '@observablehq/plot';
import type { FeatureSelection } from '../../shared/analysis/feature-selection.js';
import { html, type Html } from './html.js';
import { plotFigure } from './plot-figure.js';

/** How many columns each family has, and how many of them were chosen. */
export function familyShareChart({ families }: FeatureSelection): Html {
  const longest = Math.max(...families.map(({ family }) => family.length));
  const shares = families.map(({ family, columns, chosen, meanMutualInformation }) => ({
    family, part: chosen / columns, note: `${chosen} of ${columns} · ${meanMutualInformation.toFixed(2)} nats`,
  }));
  return plotFigure(html`Part of each family's columns that was chosen, and the mean mutual information of all its columns with the digit.`, 'Chosen columns by family', {
    width: 480, height: 50 + 30 * families.length, marginLeft: 20 + 7 * longest, marginRight: 130, marginTop: 4, marginBottom: 40,
    x: { label: 'part chosen', percent: true, domain: [0, Math.max(1, Math.ceil(10 * Math.max(...shares.map(({ part }) => part))) * 10)], grid: true, ticks: 5, tickFormat: (value: number) => `${value} %`, labelAnchor: 'center', labelArrow: 'none' },
    y: { domain: families.map(({ family }) => family), label: null, tickSize: 0 },
    marks: [
      Plot.barX(shares, { x: 'part', y: 'family', fill: 'var(--blue)', fillOpacity: 0.75, insetTop: 2, insetBottom: 2 }),
      Plot.text(shares, { x: 'part', y: 'family', text: 'note', textAnchor: 'start', dx: 6, fill: 'currentColor' }),
      Plot.ruleX([0]),
    ],
  });
}
