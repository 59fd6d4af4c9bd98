import { digitPicture } from './digit-picture.js';
import { html, type Html } from './html.js';
import { formatPercent } from './number-format.js';
import type { ReportContent } from './report-content.js';
import type { ReportedModel } from './reported-model.js';

/** More would repeat what the first ones show. */
const SHOWN = 24;

/** The images that a model gets wrong with the most confidence. */
export function errorGallery({ evaluation }: ReportedModel, imageAt: ReportContent['imageAt']): Html | undefined {
  const tiles = evaluation.errors.slice(0, SHOWN).flatMap(({ row, actual, predicted, confidence }) => {
    const image = imageAt(row);
    if (!image) return [];
    const caption = `${actual} → ${predicted}`;
    return [html`<li><img src="${digitPicture(image)}" width="${2 * image.width}" height="${2 * image.height}" alt="a ${actual} read as ${predicted}" title="test image ${row}">
      <b>${caption}</b> <small>${formatPercent(confidence, 1)}</small></li>`];
  });
  if (tiles.length === 0) return undefined;
  return html`<figure><ul class="gallery">${tiles}</ul><figcaption>The most confident errors: true digit → answer, and the confidence in that answer.</figcaption></figure>`;
}
