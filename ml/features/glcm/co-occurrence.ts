import type { GrayImage } from '../family.js';

/** Grey levels, of 32 brightnesses each. */
export const LEVELS = 8;
const SHIFT = 5;

/**
 * Counts how often two levels meet at an offset, in both directions: the symmetric grey-level co-occurrence matrix
 * (Haralick, Shanmugam and Dinstein, 1973) as `skimage.feature.graycomatrix(image // 32, levels=8, symmetric=True)`.
 * @param down is at least 0.
 * @param counts receives the 8 x 8 matrix.
 * @returns the sum of all counts: twice the pairs.
 */
export function countPairs({ width, height, pixels }: GrayImage, down: number, right: number, counts: Uint32Array): number {
  counts.fill(0);
  const left = Math.max(0, -right);
  const end = width - Math.max(0, right);
  const step = down * width + right;
  if (height <= down || end <= left) return 0;
  let dark = 0; // most pairs lie on the ground; a register counts them faster than memory
  for (let y = 0; y < height - down; y++) {
    for (let at = y * width + left, stop = y * width + end; at < stop; at++) {
      const a = pixels[at] >> SHIFT, b = pixels[at + step] >> SHIFT;
      if ((a | b) === 0) dark++;
      else counts[a * LEVELS + b]++;
    }
  }
  counts[0] = 2 * dark;
  for (let i = 1; i < LEVELS; i++) {
    counts[i * LEVELS + i] *= 2;
    for (let j = 0; j < i; j++) {
      const both = counts[i * LEVELS + j] + counts[j * LEVELS + i];
      counts[i * LEVELS + j] = both;
      counts[j * LEVELS + i] = both;
    }
  }
  return 2 * (height - down) * (end - left);
}
