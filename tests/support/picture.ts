import type { FeatureFamily, GrayImage } from '../../ml/features/family.js';
import { extracted } from './extracted.js';

/** An image of 28 x 28 (or another side) by a formula for its pixels. */
export function drawn(value: (x: number, y: number) => number, side = 28): GrayImage {
  return { width: side, height: side, pixels: Uint8Array.from({ length: side * side }, (_, i) => value(i % side, Math.floor(i / side))) };
}

/** The image turned by 90 degrees. */
export function turned({ width, height, pixels }: GrayImage): GrayImage {
  return { width: height, height: width, pixels: Uint8Array.from(pixels, (_, i) => pixels[(height - 1 - (i % height)) * width + Math.floor(i / height)] ?? 0) };
}

/** A family's numbers for one image by their columns, without the family's name. */
export function named(family: FeatureFamily, image: GrayImage): Readonly<Record<string, number>> {
  const values = extracted(family, image);
  return Object.fromEntries(family.columns.map((column, i) => [column.slice(family.name.length + 1), values[i] ?? NaN]));
}
