import type { RawImage } from './raw-image.js';

/** Brightness of the outermost pixels of an image: what its ground looks like. */
export interface Border {
  readonly mean: number;
  readonly median: number;
  /** Mean distance from the median: 0 on a clean page, more on a photograph. */
  readonly spread: number;
}

/** Looks at the outermost row or column on each side. */
export function borderOf({ width, height, pixels }: RawImage): Border {
  const values: number[] = [];
  for (let x = 0; x < width; x++) values.push(pixels[x], pixels[(height - 1) * width + x]);
  for (let y = 1; y < height - 1; y++) values.push(pixels[y * width], pixels[y * width + width - 1]);
  values.sort((a, b) => a - b);
  const median = values[values.length >> 1];
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const spread = values.reduce((sum, value) => sum + Math.abs(value - median), 0) / values.length;
  return { mean, median, spread };
}
