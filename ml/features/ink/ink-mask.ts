import type { GrayImage } from '../family.js';

/**
 * Where the ink is: 1 for the pixels brighter than half of the brightest, else 0, with a frame of one 0 around.
 * Pixel (x, y) lies at `(y + 1) * stride + x + 1`. Valid until the next image is looked at.
 */
export interface InkMask {
  readonly width: number;
  readonly height: number;
  readonly stride: number;
  readonly cells: Uint8Array;
  /** Count of ink pixels. */
  readonly area: number;
}

const mask = { width: 0, height: 0, stride: 0, cells: new Uint8Array(0), area: 0 };

/** The mask of an image, in memory that is used again for the next. */
export function inkMask({ width, height, pixels }: GrayImage): InkMask {
  const stride = width + 2;
  const size = stride * (height + 2);
  if (mask.cells.length !== size) mask.cells = new Uint8Array(size); // fresh: its frame is 0
  mask.width = width;
  mask.height = height;
  mask.stride = stride;
  const { cells } = mask;
  let brightest = 0;
  for (let i = 0; i < width * height; i++) if (pixels[i] > brightest) brightest = pixels[i];
  const threshold = brightest >> 1;
  let area = 0;
  for (let y = 0, at = 0; y < height; y++) {
    for (let to = (y + 1) * stride + 1, end = to + width; to < end; to++) {
      const ink = pixels[at++] > threshold ? 1 : 0;
      cells[to] = ink;
      area += ink;
    }
  }
  mask.area = area;
  return mask;
}
