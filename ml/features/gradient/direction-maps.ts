import type { GrayImage } from '../family.js';
import { zoneShares } from '../ink/zone-shares.js';

/** Directions of 45 degrees, the first to the right, then clockwise (rows count downwards). */
export const DIRECTIONS = 8;

/**
 * Sums Sobel gradients by direction in soft zones: the eight-direction feature of handwriting recognition (Liu, Nakashima,
 * Sako and Fujisawa, "Handwritten digit recognition: investigation of normalization and feature extraction techniques",
 * 2004). A gradient is split along the two directions beside it and shared between the four zones around it.
 * @param zones a side, at least 2.
 * @param sums receives zones x zones x 8 numbers, row by row.
 */
export function directionMaps({ width, height, pixels }: GrayImage, zones: number, sums: Float64Array): void {
  const across = zoneShares(width, zones), down = zoneShares(height, zones);
  const rowStep = zones * DIRECTIONS;
  sums.fill(0);
  for (let y = 0; y < height; y++) {
    const at = y * width;
    const above = y === 0 ? at : at - width;
    const below = y === height - 1 ? at : at + width;
    const rowZone = down.first[y] * rowStep;
    const lower = down.share[y], upper = 1 - lower;
    let smooth = pixels[above] + 2 * pixels[at] + pixels[below]; // columns x - 1, x and x + 1 slide through registers
    let step = pixels[below] - pixels[above];
    let smoothBefore = smooth, stepBefore = step;
    for (let x = 0; x < width; x++) {
      const next = x === width - 1 ? x : x + 1;
      const smoothNext = pixels[above + next] + 2 * pixels[at + next] + pixels[below + next];
      const stepNext = pixels[below + next] - pixels[above + next];
      const right = smoothNext - smoothBefore;
      const fall = stepBefore + 2 * step + stepNext;
      smoothBefore = smooth;
      smooth = smoothNext;
      stepBefore = step;
      step = stepNext;
      if (right === 0 && fall === 0) continue;

      const wide = Math.abs(right), tall = Math.abs(fall);
      const straight = wide >= tall ? (right > 0 ? 0 : 4) : (fall > 0 ? 2 : 6);
      const slanted = right > 0 ? (fall > 0 ? 1 : 7) : (fall > 0 ? 3 : 5);
      const along = Math.abs(wide - tall);
      const aslant = Math.SQRT2 * Math.min(wide, tall);
      const zone = rowZone + across.first[x] * DIRECTIONS;
      const second = across.share[x], first = 1 - second;
      const a = upper * first, b = upper * second, c = lower * first, d = lower * second;
      sums[zone + straight] += a * along;
      sums[zone + slanted] += a * aslant;
      sums[zone + DIRECTIONS + straight] += b * along;
      sums[zone + DIRECTIONS + slanted] += b * aslant;
      sums[zone + rowStep + straight] += c * along;
      sums[zone + rowStep + slanted] += c * aslant;
      sums[zone + rowStep + DIRECTIONS + straight] += d * along;
      sums[zone + rowStep + DIRECTIONS + slanted] += d * aslant;
    }
  }
}
