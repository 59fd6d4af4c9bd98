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
  for (let y = 0; y < height; y++) splitRow(y * width, width, y * w, w, wavelet, across);
  splitColumns(wavelet, w, h, down, approximation, approximationAt, details, detailsAt);
}

/** The columns of `lows` and `highs` (h rows come of each) to four bands. Two and four taps are written out: half of the time. */
function splitColumns(
  { low, high }: Wavelet, w: number, h: number, down: Int16Array,
  approximation: Numbers, approximationAt: number, details: Numbers, detailsAt: number,
): void {
  const taps = low.length;
  const band = w * h;
  const l0 = low[0], l1 = low[1], g0 = high[0], g1 = high[1];
  const [l2, l3, g2, g3] = taps === 4 ? [low[2], low[3], high[2], high[3]] : [0, 0, 0, 0];
  for (let o = 0, at = 0; o < h; o++) {
    const r0 = down[o * taps] * w, r1 = down[o * taps + 1] * w;
    const to = approximationAt, across = detailsAt, along = detailsAt + band, aslant = detailsAt + 2 * band;
    if (taps === 2) {
      for (let x = 0; x < w; x++, at++) {
        const a0 = lows[r0 + x], a1 = lows[r1 + x], b0 = highs[r0 + x], b1 = highs[r1 + x];
        approximation[to + at] = l0 * a0 + l1 * a1;
        details[across + at] = g0 * a0 + g1 * a1;
        details[along + at] = l0 * b0 + l1 * b1;
        details[aslant + at] = g0 * b0 + g1 * b1;
      }
    } else {
      const r2 = down[o * taps + 2] * w, r3 = down[o * taps + 3] * w;
      for (let x = 0; x < w; x++, at++) {
        const a0 = lows[r0 + x], a1 = lows[r1 + x], a2 = lows[r2 + x], a3 = lows[r3 + x];
        const b0 = highs[r0 + x], b1 = highs[r1 + x], b2 = highs[r2 + x], b3 = highs[r3 + x];
        approximation[to + at] = l0 * a0 + l1 * a1 + l2 * a2 + l3 * a3;
        details[across + at] = g0 * a0 + g1 * a1 + g2 * a2 + g3 * a3;
        details[along + at] = l0 * b0 + l1 * b1 + l2 * b2 + l3 * b3;
        details[aslant + at] = g0 * b0 + g1 * b1 + g2 * b2 + g3 * b3;
      }
    }
  }
}

/** One row of `plane` at `from` to `length` samples of `lows` and `highs` at `to`; a blank row has blank bands. */
function splitRow(from: number, width: number, to: number, length: number, { low, high }: Wavelet, samples: Int16Array): void {
  if (isBlank(from, width)) {
    lows.fill(0, to, to + length);
    highs.fill(0, to, to + length);
    return;
  }
  const l0 = low[0], l1 = low[1], g0 = high[0], g1 = high[1];
  if (low.length === 2) {
    for (let o = 0, s = 0; o < length; o++, s += 2) {
      const a0 = plane[from + samples[s]], a1 = plane[from + samples[s + 1]];
      lows[to + o] = l0 * a0 + l1 * a1;
      highs[to + o] = g0 * a0 + g1 * a1;
    }
    return;
  }
  const l2 = low[2], l3 = low[3], g2 = high[2], g3 = high[3];
  for (let o = 0, s = 0; o < length; o++, s += 4) {
    const a0 = plane[from + samples[s]], a1 = plane[from + samples[s + 1]], a2 = plane[from + samples[s + 2]], a3 = plane[from + samples[s + 3]];
    lows[to + o] = l0 * a0 + l1 * a1 + l2 * a2 + l3 * a3;
    highs[to + o] = g0 * a0 + g1 * a1 + g2 * a2 + g3 * a3;
  }
}

function isBlank(from: number, width: number): boolean {
  for (let i = from; i < from + width; i++) if (plane[i] !== 0) return false;
  return true;
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
