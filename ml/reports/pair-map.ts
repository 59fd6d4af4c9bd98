import * as Plot from '@observablehq/plot';
import type { Diversity } from '../../shared/analysis/diversity.js';
import { html, type Html } from './html.js';
import { plotFigure } from './plot-figure.js';

/** One measure of all pairs of models. */
export interface PairMeasure {
  readonly of: 'q' | 'disagreement' | 'doubleFault';
  readonly title: string;
  readonly caption: Html;
  readonly show: (value: number) => string;
}

const CELL = 40; // px, of a figure with four characters
const STRONGEST = 0.75;

/** A heat map of the pairs: the fuller a cell, the more the two have in common; a pair of which nothing can be said is a dash. */
export function pairMap({ bases, pairs }: Diversity, { of, title, caption, show }: PairMeasure): Html {
  const names = bases.map(({ name }) => name);
  const values = pairs.map((pair) => pair[of]).filter((value) => value !== null);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const common = (value: number): number => {
    const share = most > least ? (value - least) / (most - least) : 1;
    return 0.06 + STRONGEST * (of === 'disagreement' ? 1 - share : share);
  };
  const cells = pairs.flatMap(({ a, b, ...pair }) => {
    const value = pair[of];
    const cell = { text: value === null ? '–' : show(value), strength: value === null ? 0.02 : common(value) };
    return [{ row: a, column: b, ...cell }, { row: b, column: a, ...cell }];
  });
  const longest = Math.max(...names.map((name) => name.length));
  const label = 14 + 6.4 * longest;
  return plotFigure(html`<b>${title}.</b> ${caption}`, `${title} of each pair of models`, {
    width: label + 10 + CELL * names.length, height: label + 10 + 0.8 * CELL * names.length, marginLeft: label, marginTop: label, marginBottom: 4, marginRight: 4, padding: 0.06,
    style: { fontSize: '11px', overflow: 'visible' },
    x: { domain: names, axis: 'top', label: null, tickSize: 0, tickRotate: -90 },
    y: { domain: names, label: null, tickSize: 0 },
    opacity: { type: 'identity' },
    marks: [
      Plot.cell(names, { x: (name: string) => name, y: (name: string) => name, fill: 'currentColor', fillOpacity: 0.05 }),
      Plot.cell(cells, { x: 'column', y: 'row', fill: 'var(--blue)', fillOpacity: 'strength' }),
      Plot.text(cells, { x: 'column', y: 'row', text: 'text', fill: 'currentColor' }),
    ],
  });
}
