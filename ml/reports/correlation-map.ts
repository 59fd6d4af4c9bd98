import * as Plot from '@observablehq/plot';
import type { FeatureSelection } from '../../shared/analysis/feature-selection.js';
import { html, type Html } from './html.js';
import { plotFigure } from './plot-figure.js';

/** Correlations of the best columns with each other: strength is opacity, sign is colour. */
export function correlationMap({ correlations: { columns, matrix } }: FeatureSelection): Html {
  const cells = columns.flatMap((row, a) => columns.map((column, b) => ({ row, column, value: matrix[a]?.[b] ?? 0 })));
  const shown = cells.map(({ row, column, value }) => ({ row, column, strength: 0.85 * Math.abs(value), colour: value < 0 ? 'var(--orange)' : 'var(--blue)' }));
  const longest = Math.max(...columns.map((column) => column.length));
  const left = 12 + 5.6 * longest;
  return plotFigure(
    html`Correlations of the best ${columns.length} columns, in the order of the ranking: the columns of the map are its rows.
      <span class="key" style="--key:var(--blue)">positive</span> <span class="key" style="--key:var(--orange)">negative</span>; the stronger, the fuller.`,
    'Correlations of the best columns',
    {
      width: 480, height: 40 + 11 * columns.length, marginLeft: left, marginTop: 6, marginBottom: 6, marginRight: 6, padding: 0.04,
      style: { fontSize: '9px', overflow: 'visible' },
      x: { domain: columns, axis: null },
      y: { domain: columns, label: null, tickSize: 0 },
      opacity: { type: 'identity' },
      marks: [Plot.cell(shown, { x: 'column', y: 'row', fill: 'colour', fillOpacity: 'strength' })],
    },
  );
}
