import * as Plot from '@observablehq/plot';
import { html, type Html } from './html.js';
import { formatCount } from './number-format.js';
import { plotFigure } from './plot-figure.js';
import type { ReportedModel } from './reported-model.js';

/** Opacity of a cell with no images and of the fullest one; between them it grows with the logarithm, so that a single error shows. */
const WEAKEST = 0.04;
const STRONGEST = 0.7;

/** Heat map of actual against predicted digits; hits on the diagonal in blue, errors in orange. */
export function confusionMatrix({ name, evaluation }: ReportedModel): Html {
  const digits = evaluation.confusion.map((_, digit) => digit);
  const cells = evaluation.confusion.flatMap((row, actual) => row.map((count, predicted) => ({ actual, predicted, count }))).filter(({ count }) => count > 0);
  const strengths = { hit: strengthOf(cells.filter(isHit)), error: strengthOf(cells.filter((cell) => !isHit(cell))) };
  const shown = cells.map((cell) => ({ ...cell, strength: strengths[isHit(cell) ? 'hit' : 'error'](cell.count), colour: isHit(cell) ? 'var(--blue)' : 'var(--orange)' }));
  return plotFigure(
    html`Confusion matrix: rows are the true digit, columns the answer. <span class="key" style="--key:var(--blue)">right</span>
      <span class="key" style="--key:var(--orange)">wrong</span>; strength is logarithmic, each colour on its own scale.`,
    `Confusion matrix of ${name}`,
    {
      width: 480, height: 420, marginTop: 44, marginLeft: 44, marginBottom: 6, marginRight: 6, padding: 0.06,
      x: { domain: digits, axis: 'top', label: 'predicted', tickSize: 0, labelAnchor: 'center', labelArrow: 'none' },
      y: { domain: digits, label: 'actual', tickSize: 0, labelAnchor: 'center', labelArrow: 'none' },
      marks: [
        Plot.cell(digits.flatMap((actual) => digits.map((predicted) => ({ actual, predicted }))), { x: 'predicted', y: 'actual', fill: 'currentColor', fillOpacity: 0.035 }),
        Plot.cell(shown, { x: 'predicted', y: 'actual', fill: 'colour', fillOpacity: 'strength' }),
        Plot.text(shown, { x: 'predicted', y: 'actual', text: ({ count }: { count: number }) => formatCount(count), fill: 'currentColor' }),
      ],
      opacity: { type: 'identity' },
    },
  );
}

interface Cell {
  readonly actual: number;
  readonly predicted: number;
  readonly count: number;
}

function isHit({ actual, predicted }: Cell): boolean {
  return actual === predicted;
}

function strengthOf(cells: readonly Cell[]): (count: number) => number {
  const most = Math.max(1, ...cells.map(({ count }) => count));
  return (count) => WEAKEST + ((STRONGEST - WEAKEST) * Math.log1p(count)) / Math.log1p(most);
}
