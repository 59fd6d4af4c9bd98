import * as Plot from '@observablehq/plot';
import type { ComponentPicture, Reductions } from '../../shared/analysis/reductions.js';
import { DIGIT_COLOURS } from './digit-colours.js';
import { html, type Html } from './html.js';
import { formatCount, formatPercent } from './number-format.js';
import { pixelsPicture } from './pixels-picture.js';
import { plotFigure } from './plot-figure.js';

const BOX = { width: 480, height: 400, marginLeft: 66, marginRight: 20, marginTop: 16, marginBottom: 40 };

/** PCA and LDA of the pixels: how many directions hold the variance, what they look like, and how the digits part. */
export function reductionsSection(reductions: Reductions): Html {
  const { rows, columns, constantColumns, pca, lda } = reductions;
  return html`<p>Fitted on the ${formatCount(rows)} training images before the validation images, pixels in 0..1.
    ${formatCount(constantColumns)} of ${formatCount(columns)} pixels are constant and have no part in any component.</p>
    <div class="grid">${varianceCurve(reductions)}${ldaScatter(reductions)}</div>
    <figure><ul class="gallery">${pca.pictures.map(componentTile)}</ul><figcaption>The first ${pca.pictures.length} principal components: more ink than the mean where dark, less where
    light, each on its own scale; with the part of the variance along it. The sign is arbitrary: the largest loading is turned positive.</figcaption></figure>
    <p class="note">LDA keeps ${lda.dimensions} dimensions, with ${lda.explainedRatio.map((ratio) => formatPercent(ratio, 1)).join(', ')} of the variance between
    the digits; ${formatCount(lda.rank)} directions vary within a digit. The nearest class mean in this space is right for ${formatPercent(lda.validationAccuracy)} of the
    ${formatCount(lda.validationRows)} validation images.</p>`;
}

function varianceCurve({ pca: { cumulative, components, variance } }: Reductions): Html {
  const points = [{ components: 0, variance: 0 }, ...cumulative.map((part, k) => ({ components: k + 1, variance: part }))];
  const reached = [{ components, variance: cumulative[components - 1] ?? 0 }];
  return plotFigure(
    html`Part of the pixels' variance in the first principal components. ${formatCount(components)} of them hold ${formatPercent(variance, 0)}.`,
    `Cumulative explained variance: ${components} components hold ${formatPercent(variance, 0)}`,
    {
      ...BOX,
      x: { label: 'components', labelAnchor: 'center', labelArrow: 'none', grid: true, ticks: 6 },
      y: { label: 'cumulative part of the variance', percent: true, labelAnchor: 'center', labelArrow: 'none', grid: true, domain: [0, 100], ticks: 6, tickFormat: (value: number) => `${value} %` },
      marks: [
        Plot.ruleX(reached, { x: 'components', y: 'variance', stroke: 'var(--muted)', strokeDasharray: '3 3' }),
        Plot.line(points, { x: 'components', y: 'variance', stroke: 'var(--blue)', strokeWidth: 2 }),
        Plot.dot(reached, { x: 'components', y: 'variance', fill: 'var(--orange)', r: 5 }),
        Plot.text(reached, { x: 'components', y: 'variance', dx: 10, dy: 16, textAnchor: 'start', text: () => `${components} components`, fill: 'currentColor' }),
      ],
    },
  );
}

/** Each validation image as its digit: no colour has to be told from nine others. */
function ldaScatter({ lda: { points } }: Reductions): Html {
  const shown = points.map(([x, y, label]) => ({ x, y, label: String(label) }));
  const means = [...new Set(points.map(([, , label]) => label))].sort((a, b) => a - b).map((label) => {
    const own = points.filter((point) => point[2] === label);
    return { label: String(label), x: own.reduce((sum, [x]) => sum + x, 0) / own.length, y: own.reduce((sum, [, y]) => sum + y, 0) / own.length };
  });
  return plotFigure(
    html`${formatCount(points.length)} validation images in the first two dimensions of LDA, each drawn as its digit; the large figure is at the digit's mean.
      Along each axis a digit's own spread is 1.`,
    'Validation images in the first two LDA dimensions',
    {
      ...BOX,
      x: { label: 'first dimension', labelAnchor: 'center', labelArrow: 'none', grid: true },
      y: { label: 'second dimension', labelAnchor: 'center', labelArrow: 'none', grid: true },
      color: { type: 'categorical', domain: Array.from({ length: 10 }, (_, digit) => String(digit)), range: [...DIGIT_COLOURS] },
      marks: [
        Plot.text(shown, { x: 'x', y: 'y', text: 'label', fill: 'label', fillOpacity: 0.7, fontSize: 9 }),
        Plot.text(means, { x: 'x', y: 'y', text: 'label', fill: 'label', stroke: 'var(--paper)', strokeWidth: 5, fontSize: 24, fontWeight: 'bold' }),
      ],
    },
  );
}

function componentTile({ width, height, pixels, ratio }: ComponentPicture, index: number): Html {
  return html`<li><img src="${pixelsPicture(pixels, { width, height })}" width="${2 * width}" height="${2 * height}" alt="component ${index + 1}"><b>${index + 1}</b><small>${formatPercent(ratio, 1)}</small></li>`;
}
