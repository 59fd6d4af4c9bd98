import * as Plot from '@observablehq/plot';
import type { ConfidentFigures } from '../../shared/analysis/label-candidate.js';
import { html, type Html } from './html.js';
import { formatCount, formatPercent } from './number-format.js';
import { plotFigure } from './plot-figure.js';

/** Pairs that are named in the caption. */
const NAMED = 3;

/** Opacity of the weakest and of the strongest cell; between them it grows with the square root of the count. */
const WEAKEST = 0.08;
const STRONGEST = 0.75;

/** Heat map of the confident joint off its diagonal: how many images of each label are estimated to be another digit. A sentence where none is. */
export function labelNoiseMap({ joint, pairs, noise }: ConfidentFigures, what: string): Html {
  if (pairs.length === 0) return html`<p class="note">The confident joint of the ${what} has no image off its diagonal: none is estimated to be another digit than its label (an estimated noise of ${formatPercent(noise)}).</p>`;
  const digits = joint.map((_, digit) => digit);
  const most = Math.max(1, ...pairs.map(({ count }) => count));
  const cells = pairs.map((pair) => ({ ...pair, strength: WEAKEST + (STRONGEST - WEAKEST) * Math.sqrt(pair.count / most) }));
  const ground = digits.flatMap((given) => digits.filter((suggested) => suggested !== given).map((suggested) => ({ given, suggested })));
  const total = pairs.reduce((sum, { count }) => sum + count, 0);
  const named = pairs.slice(0, NAMED).map(({ given, suggested, count, rate }) => `${given} → ${suggested} (${formatCount(count)}, which is ${formatPercent(rate)} of the images labelled ${given})`).join(', ');
  return plotFigure(
    html`Confident joint of the ${what}, off its diagonal: rows are the given label, columns the estimated true digit, numbers are images, calibrated to the
      number of images of each label. Together ${total === 1 ? '1 image' : `${formatCount(total)} images`}, an estimated noise of ${formatPercent(noise)}${named === '' ? '' : `; most often ${named}`}.
      It counts what the models are sure of, hard but rightly labelled images included: an estimate, not a number of errors. Northcutt, Jiang and Chuang (2021).`,
    `Estimated wrong ${what} by given and true digit`,
    {
      width: 480, height: 420, marginTop: 44, marginLeft: 44, marginBottom: 6, marginRight: 6, padding: 0.06,
      x: { domain: digits, axis: 'top', label: 'estimated true digit', tickSize: 0, labelAnchor: 'center', labelArrow: 'none' },
      y: { domain: digits, label: 'given label', tickSize: 0, labelAnchor: 'center', labelArrow: 'none' },
      marks: [
        Plot.cell(ground, { x: 'suggested', y: 'given', fill: 'currentColor', fillOpacity: 0.035 }),
        Plot.cell(cells, { x: 'suggested', y: 'given', fill: 'var(--orange)', fillOpacity: 'strength' }),
        Plot.text(cells, { x: 'suggested', y: 'given', text: ({ count }: { count: number }) => formatCount(count), fill: 'currentColor' }),
      ],
      opacity: { type: 'identity' },
    },
  );
}
