import type { GrayImage } from '../family.js';
import type { InkMask } from '../ink/ink-mask.js';

/** One part of the family `additional`: its columns (without the family's name) and how they are computed. */
export interface Part {
  readonly columns: readonly string[];
  /**
   * Writes `columns.length` numbers at `out[offset]`. Allocates nothing.
   * @param mask where the ink of the image is.
   */
  write(image: GrayImage, mask: InkMask, out: Float32Array, offset: number): void;
}
