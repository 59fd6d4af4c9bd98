import type { InkMask } from '../ink/ink-mask.js';

/** Pixels and lengths of sides, in units of one pixel. */
export interface Outline {
  hull: number;
  perimeter: number;
  width: number;
  height: number;
}

const found: Outline = { hull: 0, perimeter: 0, width: 0, height: 0 };
let chain = new Float64Array(0); // x, y of a half hull's corners
let first = new Int16Array(0);
let last = new Int16Array(0);

/**
 * The ink's convex hull (around the pixels' corners), its perimeter (sides between ink and ground) and its bounding box. The mask must have ink. The
 * answer is valid until the next call.
 */
export function outline(mask: InkMask): Outline {
  const { width, height, stride, cells } = mask;
  if (first.length < height) [first, last, chain] = [new Int16Array(height), new Int16Array(height), new Float64Array(4 * height + 4)];
  let perimeter = 0, top = -1, bottom = -1, left = width, right = -1;
  for (let y = 0; y < height; y++) {
    first[y] = width;
    last[y] = -1;
    for (let x = 0, at = (y + 1) * stride + 1; x < width; x++, at++) {
      if (cells[at] === 0) continue;
      perimeter += 4 - cells[at - 1] - cells[at + 1] - cells[at - stride] - cells[at + stride];
      if (first[y] > x) first[y] = x;
      last[y] = x;
    }
    if (last[y] < 0) continue;
    if (top < 0) top = y;
    bottom = y;
    left = Math.min(left, first[y]);
    right = Math.max(right, last[y]);
  }
  found.perimeter = perimeter;
  found.width = right - left + 1;
  found.height = bottom - top + 1;
  found.hull = side(top, bottom, 1) - side(top, bottom, -1);
  return found;
}

/** The area between the y axis and the hull's right (sign 1) or left (-1) side. */
function side(top: number, bottom: number, sign: 1 | -1): number {
  let length = 0;
  for (let y = top; y <= bottom; y++) {
    if (last[y] < 0) continue;
    const x = sign === 1 ? last[y] + 1 : first[y];
    length = push(push(length, x, y, sign), x, y + 1, sign);
  }
  let area = 0;
  for (let i = 1; i < length; i++) {
    const [at, before] = [2 * i, 2 * i - 2];
    area += ((chain[at] + chain[before]) * (chain[at + 1] - chain[before + 1])) / 2;
  }
  return area;
}

/** Andrew's monotone chain: drops the corners that the new one makes hollow. */
function push(length: number, x: number, y: number, sign: number): number {
  let n = length;
  while (n >= 2) {
    const bx = chain[2 * n - 2], by = chain[2 * n - 1], ax = chain[2 * n - 4], ay = chain[2 * n - 3];
    if (sign * ((bx - ax) * (y - ay) - (x - ax) * (by - ay)) > 0) break;
    n--;
  }
  chain[2 * n] = x;
  chain[2 * n + 1] = y;
  return n + 1;
}
