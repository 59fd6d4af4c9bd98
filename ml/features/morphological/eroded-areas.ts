import type { InkMask } from '../ink/ink-mask.js';

/** Pixels that are left. */
export interface ErodedAreas {
  once: number;
  twice: number;
}

const found: ErodedAreas = { once: 0, twice: 0 };
let eroded = new Uint8Array(0);

/** Ink that is left after one and after two erosions by a cross of five pixels. The answer is valid until the next call. */
export function erodedAreas({ width, height, stride, cells }: InkMask): ErodedAreas {
  if (eroded.length !== cells.length) eroded = new Uint8Array(cells.length);
  found.once = 0;
  found.twice = 0;
  for (let y = 1; y <= height; y++) {
    for (let at = y * stride + 1, end = at + width; at < end; at++) {
      eroded[at] = cells[at] & cells[at - 1] & cells[at + 1] & cells[at - stride] & cells[at + stride];
      found.once += eroded[at];
    }
  }
  if (found.once === 0) return found;
  for (let y = 1; y <= height; y++) {
    for (let at = y * stride + 1, end = at + width; at < end; at++) {
      found.twice += eroded[at] & eroded[at - 1] & eroded[at + 1] & eroded[at - stride] & eroded[at + stride];
    }
  }
  return found;
}
