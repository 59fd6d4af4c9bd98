import { QUALITY_PARTS, type QualityPart, type QualityReference } from '../../../shared/analysis/data-description.js';
import { InvalidDataError } from '../../../shared/errors.js';
import type { MeasureValues } from '../describe/measure-images.js';
import { quantileOf } from '../describe/spread-of.js';
import { PARTS } from './quality-parts.js';

/** Quality of images, one value an image, in row order. */
export interface QualityScores {
  /** Product of the parts, in [0, 1]. */
  readonly score: Float32Array;
  readonly parts: Readonly<Record<QualityPart, Float32Array>>;
}

/**
 * What is usual among the first rows of measured images: percentiles, so that a few odd images do not move it.
 * @param rows at least 1: those that models are fitted on, which keeps the validation rows out.
 * @throws InvalidDataError when there is no such row.
 */
export function qualityReference(values: MeasureValues, rows: number): QualityReference {
  if (rows < 1) throw new InvalidDataError(`quality: got ${rows} rows to learn from what is usual, expected at least 1.`);
  const quantile = (name: 'brightness' | 'inkGap' | 'sharpness', fraction: number): number => quantileOf(values[name].slice(0, rows).sort(), fraction);
  return {
    leastBrightness: quantile('brightness', 0.05), mostBrightness: quantile('brightness', 0.95),
    inkGap: quantile('inkGap', 0.5), sharpness: quantile('sharpness', 0.5),
  };
}

/**
 * The quality of each image: the product of its parts (PARTS): each says which fraction is left, and none makes up for another.
 * It asks how clean a picture is, not how typical the digit or how right its label.
 * @param side the longer side of the images, in pixels.
 */
export function scoreQuality(values: MeasureValues, reference: QualityReference, side: number): QualityScores {
  const rows = values.brightness.length;
  const parts = Object.fromEntries(QUALITY_PARTS.map((part) => [part, new Float32Array(rows)])) as Record<QualityPart, Float32Array>;
  const score = new Float32Array(rows);
  const image = { brightness: 0, inkGap: 0, sharpness: 0, largestPart: 0, offCentre: 0, frameInk: 0, strayLight: 0 };
  for (let row = 0; row < rows; row++) {
    image.brightness = values.brightness[row];
    image.inkGap = values.inkGap[row];
    image.sharpness = values.sharpness[row];
    image.largestPart = values.largestPart[row];
    image.offCentre = Math.hypot(values.centreX[row], values.centreY[row]) / side;
    image.frameInk = values.frameInk[row];
    image.strayLight = values.strayLight[row];
    let product = 1;
    for (const part of QUALITY_PARTS) {
      const value = PARTS[part].score(image, reference);
      parts[part][row] = value;
      product *= value;
    }
    score[row] = product;
  }
  return { score, parts };
}
