import type { GrayImage } from '../family.js';

const BINS = 8;
const QUANTILES = [10, 25, 50, 75, 90];

/**
 * Brightness in units of full ink: mean, deviation, maximum and energy (mean square) in [0, 1]; skewness and excess kurtosis
 * of any size; entropy of eight levels in bits, 0..3; the shares of lit (above 0) and bright (from 128) pixels; mean and
 * deviation, quantiles and a histogram of the lit ones alone, in [0, 1].
 */
export const BRIGHTNESS_STATISTICS: readonly string[] = [
  'mean', 'deviation', 'skewness', 'kurtosis', 'maximum', 'energy', 'entropy', 'lit', 'bright', 'lit-mean', 'lit-deviation',
  ...QUANTILES.map((percent) => `lit-q${percent}`), ...Array.from({ length: BINS }, (_, bin) => `lit-level${bin}`),
];

const histogram = new Uint32Array(256);

/** Writes the 24 numbers; everything follows from the histogram of the 256 brightnesses. Zeros where there is no ink. */
export function brightnessStatistics({ width, height, pixels }: GrayImage, out: Float32Array, offset: number): void {
  const area = width * height;
  histogram.fill(0);
  for (let i = 0; i < area; i++) histogram[pixels[i]]++;
  const lit = area - histogram[0];
  let first = 0, second = 0, third = 0, fourth = 0, maximum = 0, bright = 0;
  for (let level = 1; level < 256; level++) {
    const count = histogram[level];
    if (count === 0) continue;
    const value = level / 255;
    const weighted = count * value;
    first += weighted;
    second += weighted * value;
    third += weighted * value * value;
    fourth += weighted * value * value * value;
    if (level >= 128) bright += count;
    maximum = value;
  }
  const mean = first / area, energy = second / area;
  const variance = Math.max(0, energy - mean * mean);
  const flat = variance < 1e-10;
  const central3 = third / area - 3 * mean * energy + 2 * mean ** 3;
  const central4 = fourth / area - (4 * mean * third) / area + 6 * mean * mean * energy - 3 * mean ** 4;
  const litMean = lit === 0 ? 0 : first / lit;
  out[offset] = mean;
  out[offset + 1] = Math.sqrt(variance);
  out[offset + 2] = flat ? 0 : central3 / (variance * Math.sqrt(variance));
  out[offset + 3] = flat ? 0 : central4 / (variance * variance) - 3;
  out[offset + 4] = maximum;
  out[offset + 5] = energy;
  out[offset + 6] = entropy(area);
  out[offset + 7] = lit / area;
  out[offset + 8] = bright / area;
  out[offset + 9] = litMean;
  out[offset + 10] = lit === 0 ? 0 : Math.sqrt(Math.max(0, second / lit - litMean * litMean));
  quantiles(lit, out, offset + 11);
  levels(lit, out, offset + 11 + QUANTILES.length);
}

function entropy(area: number): number {
  let bits = 0;
  for (let bin = 0; bin < BINS; bin++) {
    const share = countOf(bin) / area;
    if (share > 0) bits -= share * Math.log2(share);
  }
  return bits;
}

function countOf(bin: number): number {
  let count = 0;
  for (let level = bin * 32; level < bin * 32 + 32; level++) count += histogram[level];
  return count;
}

/** The lowest brightness that so many per cent of the lit pixels do not exceed. */
function quantiles(lit: number, out: Float32Array, offset: number): void {
  let level = 0, seen = 0;
  for (let q = 0; q < QUANTILES.length; q++) {
    while (lit > 0 && seen * 100 < QUANTILES[q] * lit) seen += histogram[++level];
    out[offset + q] = level / 255;
  }
}

function levels(lit: number, out: Float32Array, offset: number): void {
  for (let bin = 0; bin < BINS; bin++) {
    const count = countOf(bin) - (bin === 0 ? histogram[0] : 0);
    out[offset + bin] = lit === 0 ? 0 : count / lit;
  }
}
