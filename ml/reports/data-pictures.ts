import type { DataDescription, DigitDescription, ExampleImage } from '../../shared/analysis/data-description.js';
import { PARTS } from '../analysis/quality/quality-parts.js';
import { html, type Html } from './html.js';
import { pixelsPicture } from './pixels-picture.js';

type Size = Pick<DataDescription, 'width' | 'height'>;

/** The mean and the variance image of each digit and of all. */
export function meanPictures(description: DataDescription): Html {
  const groups = [...description.digits.map((group) => ({ name: String(group.digit), group })), { name: 'all', group: description.train }];
  const cell = (pixels: string, alt: string): Html => html`<td><img src="${pixelsPicture(pixels, description)}" width="56" height="56" alt="${alt}"></td>`;
  return html`<figure><div class="scroll"><table class="pictures"><thead><tr><td></td>${groups.map(({ name }) => html`<th scope="col">${name}</th>`)}</tr></thead><tbody>
    <tr><th scope="row">mean</th>${groups.map(({ name, group }) => cell(group.meanPixels, `mean of ${name}`))}</tr>
    <tr><th scope="row">variance</th>${groups.map(({ name, group }) => cell(group.variancePixels, `variance of ${name}`))}</tr></tbody></table></div>
    <figcaption>Mean and variance of each pixel over the training images; black is full ink in every image above, and the largest possible variance (half of the images inked, half not) below.
      Where the variance is dark, hands differ.</figcaption></figure>`;
}

/** The best and the worst images of each digit. */
export function qualityPictures({ digits, width, height }: DataDescription): Html {
  const row = ({ digit, best, worst }: DigitDescription): Html => html`<tr><th scope="row">${digit}</th><td>${strip(best, digit, { width, height })}</td><td>${strip(worst, digit, { width, height })}</td></tr>`;
  return html`<figure><div class="scroll"><table class="pictures"><thead><tr><td></td><th scope="col">best</th><th scope="col">worst first</th></tr></thead><tbody>${digits.map(row)}</tbody></table></div>
    <figcaption>The images of highest and lowest quality of each digit, with the score below; pointing at one shows its row and its weakest part.</figcaption></figure>`;
}

/** The oddest images of each digit. */
export function outlierPictures({ digits, width, height }: DataDescription): Html {
  return html`<figure><div class="scroll"><table class="pictures"><tbody>
    ${digits.map(({ digit, outliers }) => html`<tr><th scope="row">${digit}</th><td>${strip(outliers, digit, { width, height })}</td></tr>`)}</tbody></table></div>
    <figcaption>The oddest training images of each digit, oddest first; below each, how many times as far from its digit as the median image. The distance is taken in the digit’s own subspace:
      the 40 leading principal components of the square roots of ink shares on a 14 x 14 grid, scaled by their variance, and what they leave over (probabilistic PCA, fitted again without the
      furthest 5 %). Stroke width and brightness hardly count, shape does. Odd is not wrong: rare hands and wrong labels are both here.</figcaption></figure>`;
}

/** What the parts of quality are, and how they came out. */
export function qualityParts({ quality }: DataDescription): Html {
  const rows = Object.entries(quality.parts).map(([name, { mean, p5, min }]) => html`<tr><th scope="row">${name}</th>
    <td>${mean.toFixed(3)}</td><td>${p5.toFixed(3)}</td><td>${min.toFixed(3)}</td><td class="text wide">${PARTS[name as keyof typeof PARTS].definition}</td></tr>`);
  return html`<figure><div class="scroll"><table class="compact"><thead><tr><th scope="col">Part</th><th scope="col">mean</th><th scope="col">5th pct.</th><th scope="col">lowest</th><th scope="col" class="text">1 is flawless</th></tr></thead>
    <tbody>${rows}</tbody></table></div><figcaption>Quality is the product of these parts: how clean the picture is, not how typical the digit. Percentiles and medians are those of the training images
      before the validation split.</figcaption></figure>`;
}

function strip(images: readonly ExampleImage[], digit: number, size: Size): Html {
  return html`<ul class="strip">${images.map(({ row, score, weakest, pixels }) => html`<li title="row ${row}${weakest === undefined ? '' : `: ${weakest}`}"><img src="${pixelsPicture(pixels, size)}" width="42" height="42" alt="${digit}">${score.toFixed(2)}</li>`)}</ul>`;
}
