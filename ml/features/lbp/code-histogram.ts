import type { GrayImage, Numbers } from '../family.js';

/** Patterns of eight neighbours. */
export const CODES = 256;

/** The diagonal neighbours' coordinates, rounded as scikit-image rounds them. */
const DIAGONAL = 0.70711;
const counts = new Uint32Array(CODES);

/**
 * The share of each code of `skimage.feature.local_binary_pattern(image, 8, 1, 'default')` among the pixels. Bit 0 is the
 * neighbour to the right, then counter-clockwise; the diagonal ones are interpolated; what lies outside the image is 0.
 */
export function codeHistogram({ width, height, pixels }: GrayImage, out: Numbers, offset: number): void {
  counts.fill(0);
  for (let y = 0; y < height; y++) {
    for (let x = 0, at = y * width; x < width; x++, at++) {
      const centre = pixels[at];
      if (centre === 0) counts[255]++; // nothing is darker
      else if (y > 0 && y < height - 1 && x > 0 && x < width - 1) counts[innerCode(pixels, width, at, x, y)]++;
      else counts[borderCode(pixels, width, height, x, y)]++;
    }
  }
  const share = 1 / (width * height);
  for (let code = 0; code < CODES; code++) out[offset + code] = counts[code] * share;
}

function innerCode(pixels: Uint8Array, width: number, at: number, x: number, y: number): number {
  const a = pixels[at - width - 1], b = pixels[at - width], c = pixels[at - width + 1];
  const d = pixels[at - 1], p = pixels[at], f = pixels[at + 1];
  const g = pixels[at + width - 1], h = pixels[at + width], i = pixels[at + width + 1];
  return codeOf(a, b, c, d, p, f, g, h, i, x, y);
}

function borderCode(pixels: Uint8Array, width: number, height: number, x: number, y: number): number {
  const up = y > 0, down = y < height - 1, left = x > 0, right = x < width - 1;
  const at = y * width + x;
  return codeOf(
    up && left ? pixels[at - width - 1] : 0, up ? pixels[at - width] : 0, up && right ? pixels[at - width + 1] : 0,
    left ? pixels[at - 1] : 0, pixels[at], right ? pixels[at + 1] : 0,
    down && left ? pixels[at + width - 1] : 0, down ? pixels[at + width] : 0, down && right ? pixels[at + width + 1] : 0,
    x, y,
  );
}

/**
 * The code of a 3 x 3 patch, row by row, at (x, y). The fractions are taken from the coordinates and the products summed in
 * scikit-image's order: on flat ink the last bit of a sum decides.
 */
function codeOf(
  a: number, b: number, c: number, d: number, p: number, f: number, g: number, h: number, i: number, x: number, y: number,
): number {
  const right = x + DIAGONAL - x;
  const down = y + DIAGONAL - y;
  const left = x - DIAGONAL - (x - 1);
  const up = y - DIAGONAL - (y - 1);
  let code = f >= p ? 1 : 0;
  if (blend(blend(b, c, right), blend(p, f, right), up) >= p) code |= 2;
  if (b >= p) code |= 4;
  if (blend(blend(a, b, left), blend(d, p, left), up) >= p) code |= 8;
  if (d >= p) code |= 16;
  if (blend(blend(d, p, left), blend(g, h, left), down) >= p) code |= 32;
  if (h >= p) code |= 64;
  if (blend(blend(p, f, right), blend(h, i, right), down) >= p) code |= 128;
  return code;
}

function blend(from: number, to: number, fraction: number): number {
  return (1 - fraction) * from + fraction * to;
}
