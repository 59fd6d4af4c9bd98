import { EMBEDDING_SCALE } from '../../shared/analysis/embedding.js';
import type { Embedding, EmbeddingPoints } from '../../shared/analysis/embedding.js';
import { DIGIT_COLOURS } from './digit-colours.js';
import { html, type Html } from './html.js';
import { mapPicture } from './map-picture.js';
import type { MapPoints } from './map-picture.js';
import { formatCount, formatPercent } from './number-format.js';

const METHODS = { tsne: 't-SNE', umap: 'UMAP' } as const;
const SOURCES = { pixels: 'pixels', network: 'learnt features' } as const;
/** Units of the drawing's side. */
const VIEW = 500;
const ABOUT: Readonly<Record<Embedding['method'], string>> = {
  tsne: 'Images that are alike lie together; how far apart groups lie and how large they are says little.',
  umap: 'Images that are alike lie together; groups are drawn tighter than by t-SNE, and distances between them say little.',
};

/** One map of images: the picture with each digit written at the middle of its images, and the figures that say how far to trust it. */
export function embeddingSection(embedding: Embedding): Html {
  const points = decode(embedding.points);
  const name = `${METHODS[embedding.method]} map of ${SOURCES[embedding.of]}`;
  return html`<h3>${name}</h3>
<div class="grid"><figure><svg viewBox="0 0 ${VIEW} ${VIEW}" style="display:block;width:100%;max-width:560px" role="img" aria-label="${name}, coloured by digit">
<image href="${mapPicture(points)}" width="${VIEW}" height="${VIEW}"/>${middles(points).map(({ digit, x, y }) => html`
<text x="${x}" y="${y}" text-anchor="middle" dominant-baseline="central" style="font-size:22px;font-weight:700;fill:var(--ink);stroke:var(--paper);stroke-width:5px;stroke-linejoin:round;paint-order:stroke">${digit}</text>`)}
</svg><figcaption>${formatCount(embedding.points.count)} images, a dot each, coloured by their digit:
${DIGIT_COLOURS.map((colour, digit) => html`<span class="key" style="--key:${colour}">${digit}</span> `)}
— and each digit is written at the median of its images. ${ABOUT[embedding.method]}</figcaption></figure>
<dl>${figures(embedding).map(([term, value, note]) => html`<dt>${term}</dt><dd>${value}${note === '' ? undefined : html`<br><small>${note}</small>`}</dd>`)}</dl></div>`;
}

function figures({ n, of, parameters, klDivergence, trustworthiness, neighbourAccuracy }: Embedding): (readonly [string, string, string])[] {
  const axes = `on ${parameters.principalAxes} principal axes`;
  const settings = 'perplexity' in parameters
    ? `perplexity ${parameters.perplexity}, ${formatCount(parameters.iterations)} steps`
    : `${parameters.neighbours} neighbours, minimal distance ${parameters.minDistance}, ${formatCount(parameters.epochs)} epochs`;
  return [
    ['Images', formatCount(n), of === 'network' ? 'of the validation split, which the network was not fitted on' : 'of the training data, drawn at random'],
    ['Settings', settings, axes],
    ['Trustworthiness', trustworthiness.value.toFixed(4), `1 when the ${trustworthiness.k} nearest on the map are the nearest in the data too; on ${formatCount(trustworthiness.rows)} images`],
    ['Neighbours agree', formatPercent(neighbourAccuracy.value), `of the images show the digit that most of their ${neighbourAccuracy.k} nearest on the map show`],
    ...(klDivergence === undefined ? [] : [['KL divergence', `${klDivergence.toFixed(3)} nats`, 'of the map’s similarities from the data’s: what t-SNE minimises'] as const]),
  ];
}

function decode({ count, positions, labels }: EmbeddingPoints): MapPoints {
  const bytes = Buffer.from(positions, 'base64');
  return { positions: Uint16Array.from({ length: 2 * count }, (_, i) => bytes.readUInt16LE(2 * i)), labels: new Uint8Array(Buffer.from(labels, 'base64')) };
}

/** Where each digit is written: at the median of its images, in the drawing's units. */
function middles({ positions, labels }: MapPoints): { digit: number; x: number; y: number }[] {
  return DIGIT_COLOURS.flatMap((_, digit) => {
    const own = [...labels.keys()].filter((i) => labels[i] === digit);
    if (own.length === 0) return [];
    const median = (axis: number): number => {
      const sorted = Uint16Array.from(own, (i) => positions[2 * i + axis]).sort();
      return Math.round((VIEW * sorted[sorted.length >> 1]) / EMBEDDING_SCALE);
    };
    return [{ digit, x: median(0), y: median(1) }];
  });
}
