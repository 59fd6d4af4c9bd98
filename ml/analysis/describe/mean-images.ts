import type { GroupSums } from './measure-images.js';

/** The mean of each pixel over a group of at least one image; float32 [width x height] in [0, 1]. */
export function meanImage({ sums, count }: GroupSums): Float32Array {
  return Float32Array.from(sums, (sum) => sum / count / 255);
}

/** The population variance of each pixel over a group of at least one image; float32 [width x height] in [0, 0.25]. */
export function varianceImage({ sums, squares, count }: GroupSums): Float32Array {
  // Sums are whole numbers below 2^53, so that the difference is exact up to its one division.
  return Float32Array.from(sums, (sum, i) => Math.max(0, (squares[i] - (sum * sum) / count) / count) / (255 * 255));
}

/** A picture of values in [0, full] as base64 of uint8, 255 for `full`. */
export function encodePixels(values: Float32Array, full: number): string {
  return Buffer.from(Uint8Array.from(values, (value) => Math.round((255 * value) / full))).toString('base64');
}
