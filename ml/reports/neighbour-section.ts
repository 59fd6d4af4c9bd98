import * as Plot from '@observablehq/plot';
import type { DigitPair, NearPairs, NeighbourAnalysis, NeighbourConfusion, PicturedDigit } from '../../shared/analysis/neighbour-analysis.js';
import { html, type Html } from './html.js';
import { formatCount, formatPercent } from './number-format.js';
import { pixelsPicture } from './pixels-picture.js';
import { plotFigure } from './plot-figure.js';

const SHOWN_PAIRS = 20;
const RANKED = 12;

/** Duplicates, and the classes that touch, with the pictures that show it. */
export function neighbourSection(analysis: NeighbourAnalysis): Html {
  const { exact, near, rows, search, neighbours, confusion } = analysis;
  const vote = confusion.at(-1);
  return html`<h3>Duplicates</h3>
    <p>Among ${formatCount(rows.train)} training and ${formatCount(rows.test)} test images: ${found(exact.between.groups, 'image')} in both,
      ${found(exact.train.groups, 'group')} of equal training images, ${found(exact.test.groups, 'group')} of equal test images;
      ${found(near.trainTest.count, 'near-duplicate')} between train and test, ${found(near.train.count, 'near-duplicate')} within train.
      ${near.trainTest.count + exact.between.groups === 0 ? 'Nothing suggests that a test image was seen in training.' : 'A test image seen in training is answered from memory: it raises the test accuracy without merit. Leave those rows out.'}</p>
    <p class="note">Near-duplicates correlate at least ${near.certain}, or at least ${near.alike} while no more than ${near.isolated} of the way to the ${neighbours}th
      neighbour (both by correlation, at the best shift of one pixel). Neighbours: ${search.candidates} candidates by ${search.components} principal components
      (${formatPercent(search.explained, 1)} of the variance), ordered by all pixels; compared with a full search on ${search.sampled} images this holds
      ${formatPercent(search.recallFirst, 1)} of the nearest and ${formatPercent(search.recallAll, 1)} of the ${neighbours} nearest.</p>
    ${pairGallery(analysis, near.trainTest, html`The closest pairs of a test image (above) and a training image (below, with its label), by their distance
      relative to the test image's other neighbours. Under each: correlation, relative distance.`)}
    ${pairGallery(analysis, near.train, html`The closest pairs within train.`)}
    <h3>Confusable digits</h3>
    ${vote && html`<p>Left one out, ${confusion.map(({ voters, accuracy }) => html`${formatPercent(accuracy)} of the training images have the class of
      ${voters === 1 ? 'their nearest neighbour' : `most of their ${voters} nearest`}; `)}
      ${analysis.groups.length > 0 ? html`the groups that touch are <b>${analysis.groups.map((group) => group.join(' ')).join(' · ')}</b>.` : 'no group of classes touches.'}</p>
      <div class="grid">${heatMap(vote)}${ranking(analysis, vote)}</div>`}
    ${mergeTable(analysis)}
    ${borderGalleries(analysis)}`;
}

function found(count: number, thing: string): string {
  return `${count === 0 ? 'no' : formatCount(count)} ${thing}${count === 1 ? '' : 's'}`;
}

function pairGallery(analysis: NeighbourAnalysis, { closest }: NearPairs, caption: Html): Html | undefined {
  if (closest.length === 0) return undefined;
  return html`<figure><ul class="gallery">${closest.slice(0, SHOWN_PAIRS).map((pair) =>
    pairTile(analysis, pair, html`${pair.correlation.toFixed(3)} · ${pair.relative.toFixed(2)}`))}</ul><figcaption>${caption}</figcaption></figure>`;
}

function pairTile({ width, height }: NeighbourAnalysis, { first, second }: DigitPair, small: Html): Html {
  const picture = (digit: PicturedDigit): Html =>
    html`<img src="${pixelsPicture(digit.pixels, { width, height })}" width="${2 * width}" height="${2 * height}" alt="${nameOf(digit)}" title="${nameOf(digit)}">`;
  const labels = [first, second].flatMap(({ label }) => (label === undefined ? [] : [label]));
  return html`<li>${picture(first)}${picture(second)}<b>${labels.join(' / ')}</b> <small>${small}</small></li>`;
}

function nameOf({ split, row, label }: PicturedDigit): string {
  return `${split} image ${row}${label === undefined ? '' : `, a ${label}`}`;
}

function heatMap({ matrix, voters }: NeighbourConfusion): Html {
  const digits = matrix.map((_, digit) => digit);
  const sizes = matrix.map((row) => row.reduce((sum, count) => sum + count, 0));
  const most = Math.max(1, ...matrix.flatMap((row, a) => row.filter((_, b) => a !== b)));
  const cells = matrix.flatMap((row, actual) => row.map((count, voted) => ({ actual, voted, count, strength: actual === voted ? 0.06 : (0.8 * Math.log1p(count)) / Math.log1p(most) })));
  return plotFigure(
    html`Rows are the label, columns the class voted by the ${voters} nearest training images other than itself. Counts; the diagonal is the share that agrees. Strength is logarithmic.`,
    'Nearest-neighbour class confusion',
    {
      width: 480, height: 420, marginTop: 44, marginLeft: 44, marginBottom: 6, marginRight: 6, padding: 0.06,
      x: { domain: digits, axis: 'top', label: 'voted', tickSize: 0, labelAnchor: 'center', labelArrow: 'none' },
      y: { domain: digits, label: 'label', tickSize: 0, labelAnchor: 'center', labelArrow: 'none' },
      marks: [
        Plot.cell(cells, { x: 'voted', y: 'actual', fill: 'var(--orange)', fillOpacity: 'strength' }),
        Plot.text(cells.filter(({ count }) => count > 0), {
          x: 'voted', y: 'actual', fill: 'currentColor', fontSize: 11,
          text: ({ actual, voted, count }: { actual: number; voted: number; count: number }) => (actual === voted ? `${((100 * count) / (sizes[actual] || 1)).toFixed(1)}%` : formatCount(count)),
        }),
      ],
      opacity: { type: 'identity' },
    },
  );
}

function ranking({ pairs }: NeighbourAnalysis, { voters }: NeighbourConfusion): Html {
  const bars = pairs.filter(({ rate }) => rate > 0).slice(0, RANKED).map(({ classes: [a, b], counts, rate }) => ({
    pair: `${a} – ${b}`, percent: 100 * rate, text: `${(100 * rate).toFixed(2)} %  (${counts[0]} + ${counts[1]})`,
  }));
  return plotFigure(
    html`The most confusable pairs: images of either digit whose ${voters} neighbours vote for the other, over the images of both (first as second + second as first).`,
    'Most confusable pairs of digits',
    {
      width: 480, height: 24 + 30 * Math.max(1, bars.length), marginLeft: 52, marginRight: 140, marginTop: 6, marginBottom: 12,
      x: { axis: null }, y: { domain: bars.map(({ pair }) => pair), label: null, tickSize: 0 },
      marks: [
        Plot.barX(bars, { x: 'percent', y: 'pair', fill: 'var(--orange)', fillOpacity: 0.7, insetTop: 3, insetBottom: 3 }),
        Plot.text(bars, { x: 'percent', y: 'pair', text: 'text', dx: 6, textAnchor: 'start', fill: 'currentColor' }),
      ],
    },
  );
}

function mergeTable({ merges, groupRate }: NeighbourAnalysis): Html {
  return html`<figure><div class="scroll"><table class="compact"><thead><tr><th>joined</th><th class="text">with</th><th>mean rate between them</th></tr></thead><tbody>
    ${merges.map(({ groups: [left, right], rate }) => html`<tr><th>${left.join(' ')}</th><td class="text">${right.join(' ')}</td><td${rate >= groupRate ? { markup: ' class="best"' } : ''}>${formatPercent(rate, 2)}</td></tr>`)}
    </tbody></table></div><figcaption>How digits group: the two groups that are confused most are joined, again and again (average linkage over the pairs' rates).
    Bold: at least twice the mean rate of all pairs (${formatPercent(groupRate, 2)}), where groups count as confusable.</figcaption></figure>`;
}

function borderGalleries(analysis: NeighbourAnalysis): Html | undefined {
  const examples = analysis.borders.pairs.flatMap(({ examples: pairs }) => pairs.slice(0, 4));
  if (examples.length === 0) return undefined;
  return html`<figure><ul class="gallery">${examples.map((pair) => pairTile(analysis, pair, html`${pair.correlation.toFixed(3)}`))}</ul>
    <figcaption>On the border: training images of different digits, each the other's nearest of all (${formatCount(analysis.borders.count)} such pairs), for the most confusable digits.
    Labels of the upper / the lower one, and their correlation.</figcaption></figure>`;
}
