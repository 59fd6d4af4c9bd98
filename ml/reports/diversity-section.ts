import type { Diversity } from '../../shared/analysis/diversity.js';
import { html, type Html } from './html.js';
import { formatCount, formatPercent } from './number-format.js';
import { pairMap } from './pair-map.js';
import type { PairMeasure } from './pair-map.js';

const MEASURES: readonly PairMeasure[] = [
  {
    of: 'q', title: 'Q statistic', show: (value) => value.toFixed(2),
    caption: html`0: their errors are independent; towards 1: they err on the same images. Fuller cells have more in common.`,
  },
  {
    of: 'disagreement', title: 'Disagreement', show: (value) => (100 * value).toFixed(2),
    caption: html`Per cent of the images on which exactly one of the two is right. Fuller cells disagree less.`,
  },
  {
    of: 'doubleFault', title: 'Double fault', show: (value) => (100 * value).toFixed(2),
    caption: html`Per cent of the images on which both are wrong: what no vote of the two can mend.`,
  },
];

/** What the bases of the ensembles have in common, pair by pair, and what each of them adds. */
export function diversitySection(diversity: Diversity): Html {
  const { bases, pairs, rows, method, logLoss } = diversity;
  const least = pairs.reduce((best, pair) => (pair.doubleFault < best.doubleFault ? pair : best), pairs[0] as Diversity['pairs'][number]);
  const [first] = bases;
  const useless = bases.filter(({ adds }) => adds !== null && adds < 0).map(({ name }) => name);
  return html`<p>On the ${formatCount(rows)} validation images, <b>${least.a}</b> and <b>${least.b}</b> share the fewest errors: both are wrong on
      ${formatPercent(least.doubleFault)}. ${first && first.adds !== null ? html`Without <b>${first.name}</b> the ensemble loses most.` : undefined}
      ${useless.length > 0 ? html`It is better off without ${useless.join(', ')}.` : undefined}</p>
    <figure><div class="scroll"><table class="compact"><thead><tr><th>model</th><th>accuracy</th><th>log-loss alone</th><th>adds</th><th>least in common with</th></tr></thead>
    <tbody>${bases.map(({ name, accuracy, logLoss: alone, adds }) => html`<tr><th>${name}</th><td>${formatPercent(accuracy)}</td><td>${alone.toFixed(4)}</td>
      ${adds === null ? html`<td class="none">–</td>` : html`<td>${adds < 0 ? '−' : '+'}${Math.abs(adds).toFixed(5)}</td>`}<td>${complementOf(diversity, name)}</td></tr>`)}</tbody></table></div>
    <figcaption>Adds: how much the log-loss of the ensemble (${method}, ${logLoss.toFixed(5)} with all of them, out of fold) rises without the model; a dash where two are all there are.
      Least in common: the model with the lowest correlation of being right.</figcaption></figure>
    ${MEASURES.map((measure) => pairMap(diversity, measure))}`;
}

function complementOf({ pairs }: Diversity, name: string): Html | string {
  const own = pairs.flatMap(({ a, b, correlation }) => (correlation !== null && (a === name || b === name) ? [{ other: a === name ? b : a, correlation }] : []));
  const [least] = own.sort((a, b) => a.correlation - b.correlation);
  return least ? html`${least.other}<small>correlation ${least.correlation.toFixed(2)}</small>` : '–';
}
