import { TILE_CHANNELS } from './int8-kernels.js';

/** Bytes of a stored value: int16, its zero point taken off, so that padding is zero and products need no offset. */
export const VALUE_BYTES = 2;

/** Where and how an activation lies in the interpreter's memory: rows of positions of `stride` values, inside a border of zeros. */
export interface Int8Layout {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /** Values from one position to the next: the channels, filled up with zeros. */
  readonly stride: number;
  /** Border before the first row and column. */
  readonly top: number;
  readonly left: number;
  readonly rowBytes: number;
  readonly imageBytes: number;
}

/** Space around a map, for a convolution with `same` padding that reads it. */
export interface Border {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

export const NO_BORDER: Border = { top: 0, left: 0, bottom: 0, right: 0 };

/** Lays out a map. `dense` keeps the channels unpadded: for the input, which no kernel writes. */
export function int8Layout(height: number, width: number, channels: number, border: Border, dense = false): Int8Layout {
  const stride = dense ? channels : roundUp(channels, TILE_CHANNELS);
  const rowBytes = (border.left + width + border.right) * stride * VALUE_BYTES;
  const imageBytes = roundUp((border.top + height + border.bottom) * rowBytes, 16);
  return { height, width, channels, stride, top: border.top, left: border.left, rowBytes, imageBytes };
}

/** Bytes from the start of an image to the position in row `y`, column `x` (the border is at negative indices). */
export function positionOffset(layout: Int8Layout, y: number, x: number): number {
  return (layout.top + y) * layout.rowBytes + (layout.left + x) * layout.stride * VALUE_BYTES;
}

export function roundUp(value: number, multiple: number): number {
  return Math.ceil(value / multiple) * multiple;
}
