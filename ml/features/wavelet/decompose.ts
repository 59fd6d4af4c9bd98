import type { GrayImage, Numbers } from '../family.js';
import type { Wavelet } from './filters.js';

/** Length of a half band of `length` samples under a filter of `taps`. */
export function bandLength(length: number, taps: number): number {
  return Math.floor((length + taps - 1) / 2);
}

/** Count of all numbers of a decomposition in two levels. */
export function decompositionLength(width: number, height: number, { low: { length: taps } }: Wavelet): number {
  const w1 = bandLength(width, taps), h1 = bandLength(height, taps);
  return 3 * w1 * h1 + 4 * bandLength(w1, taps) * bandLength(h1, taps);
}

let plane = new Float64Array(0); // the image, then its approximation
let lows = new Float64Array(0);
let highs = new Float64Array(0);
const UNIT = Float64Array.from({ length: 256 }, (_, byte) => byte / 255);

/**
 * Writes `pywt.wavedec2(image / 255, wavelet, level=2)` (symmetric borders): the approximation, then the horizontal, vertical
 * and diagonal details of the coarse level, then those of the fine one, each row by row.
 */
export function decompose({ width, height, pixels }: GrayImage, wavelet: Wavelet, out: Numbers, offset: number): void {
  const taps = wavelet.low.length;
  const w1 = bandLength(width, taps), h1 = bandLength(height, taps);
  const coarse = bandLength(w1, taps) * bandLength(h1, taps);
  reserve(Math.max(width, w1) * Math.max(height, h1));
  for (let i = 0; i < width * height; i++) plane[i] = UNIT[pixels[i]];
  split(width, height, wavelet, plane, 0, out, offset + 4 * coarse);
  split(w1, h1, wavelet, out, offset, out, offset + coarse);
}

function reserve(area: number): void {
  if (plane.length < area) [plane, lows, highs] = [new Float64Array(area), new Float64Array(area), new Float64Array(area)];
}

/** One level: `plane` of width x height to an approximation and three details, which lie one after the other. */
function split(
  width: number, height: number, wavelet: Wavelet, approximation: Numbers, approximationAt: number, details: Numbers, detailsAt: number,
): void {
  const taps = wavelet.low.length;
  const w = bandLength(width, taps), h = bandLength(height, taps);
  const across = mirroredSamples(width, taps), down = mirroredSamples(height, taps);
  for (let y = 0; y < height; y++) splitRow(y * width, y * w, w, wavelet, across);
  const band = w * h;
  const { low, high } = wavelet;
  for (let o = 0, at = 0; o < h; o++) {
    for (let x = 0; x < w; x++, at++) {
      let smooth = 0, horizontal = 0, vertical = 0, diagonal = 0;
      for (let j = 0; j < taps; j++) {
        const from = down[o * taps + j] * w + x;
        const l = low[j], g = high[j], below = lows[from], above = highs[from];
        smooth += l * below;
        horizontal += g * below;
        vertical += l * above;
        diagonal += g * above;
      }
      approximation[approximationAt + at] = smooth;
      details[detailsAt + at] = horizontal;
      details[detailsAt + band + at] = vertical;
      details[detailsAt + 2 * band + at] = diagonal;
    }
  }
}

/** One row of `plane` at `from` to `length` samples of `lows` and `highs` at `to`. */
function splitRow(from: number, to: number, length: number, { low, high }: Wavelet, samples: Int16Array): void {
  const taps = low.length;
  for (let o = 0, s = 0; o < length; o++) {
    let smooth = 0, rough = 0;
    for (let j = 0; j < taps; j++) {
      const value = plane[from + samples[s++]];
      smooth += low[j] * value;
      rough += high[j] * value;
    }
    lows[to + o] = smooth;
    highs[to + o] = rough;
  }
}

const known: Int16Array[][] = [];

/** Which sample each tap of each output meets: beyond the border the samples repeat as in a mirror on its edge. Computed once. */
function mirroredSamples(length: number, taps: number): Int16Array {
  const bySize = known[taps] ??= [];
  return bySize[length] ??= Int16Array.from({ length: bandLength(length, taps) * taps }, (_, i) => {
    let at = 2 * Math.floor(i / taps) + 1 - (i % taps);
    while (at < 0 || at >= length) at = at < 0 ? -1 - at : 2 * length - 1 - at;
    return at;
  });
}
