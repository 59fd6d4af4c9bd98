import type { GrayImage } from '../family.js';

/** A feature family in its reference library's own definition and layout, for images of any size. */
export interface RawFamily {
  /** The name of the array that is exported. */
  readonly name: string;
  /** How many numbers an image of that size has. */
  length(width: number, height: number): number;
  /** Writes `length(image.width, image.height)` numbers at `out[offset]`. */
  extract(image: GrayImage, out: Float64Array, offset: number): void;
}
