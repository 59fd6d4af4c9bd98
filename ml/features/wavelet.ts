import type { FeatureFamily, GrayImage } from './family.js';
import { zoneSizes } from './ink/zone-sizes.js';
import { zonesOf } from './ink/zones-of.js';
import { bandLength, decompose, decompositionLength } from './wavelet/decompose.js';
import { DB2, HAAR } from './wavelet/filters.js';

const ZONES = 4; // a side
const HAAR_BANDS = ['haar2.h', 'haar2.v', 'haar2.d', 'haar1.h', 'haar1.v', 'haar1.d'];
const DB2_BANDS = ['db2.a', 'db2-2.h', 'db2-2.v', 'db2-2.d', 'db2-1.h', 'db2-1.v', 'db2-1.d'];
const STATISTICS = ['mean', 'deviation', 'magnitude', 'maximum'];
const SHARES = ['haar2', 'haar1', 'db2-2', 'db2-1'];

const SIDE = 28;
let numbers = new Float64Array(decompositionLength(SIDE, SIDE, DB2));
const zoneSums = new Float64Array(ZONES * ZONES);

/**
 * Wavelets in two levels (Mallat, 1989): Haar's and Daubechies' db2.
 *
 * `wavelet.haar2.h.r1c2` is the mean magnitude of the coarse horizontal details (strokes that lie flat) of Haar's wavelet in
 * a zone of a 4 x 4 grid: 0..2 coarse, 0..1 fine. `wavelet.db2-1.v.deviation` describes a whole band of db2 by mean,
 * standard deviation, mean magnitude and largest magnitude; no more than 6 in size. `wavelet.share.haar1` is the part
 * of all energy that lies in the details of one level, 0..1.
 */
export const family: FeatureFamily = {
  name: 'wavelet',
  columns: [
    ...HAAR_BANDS.flatMap((band) => Array.from({ length: ZONES * ZONES }, (_, i) => `wavelet.${band}.r${Math.floor(i / ZONES)}c${i % ZONES}`)),
    ...DB2_BANDS.flatMap((band) => STATISTICS.map((statistic) => `wavelet.${band}.${statistic}`)),
    ...SHARES.map((level) => `wavelet.share.${level}`),
  ],

  extract(image, out, offset) {
    const length = Math.max(decompositionLength(image.width, image.height, HAAR), decompositionLength(image.width, image.height, DB2));
    if (numbers.length < length) numbers = new Float64Array(length);
    const shares = offset + HAAR_BANDS.length * ZONES * ZONES + DB2_BANDS.length * STATISTICS.length;
    zones(image, out, offset, shares);
    bands(image, out, offset + HAAR_BANDS.length * ZONES * ZONES, shares + 2);
  },
};

function zones(image: GrayImage, out: Float32Array, offset: number, sharesAt: number): void {
  decompose(image, HAAR, numbers, 0);
  const w1 = bandLength(image.width, 2), h1 = bandLength(image.height, 2);
  const w2 = bandLength(w1, 2), h2 = bandLength(h1, 2);
  let at = w2 * h2;
  let coarse = 0, fine = 0;
  for (let band = 0; band < 3; band++, at += w2 * h2) coarse += zoneMeans(at, w2, h2, out, offset + band * ZONES * ZONES);
  for (let band = 3; band < 6; band++, at += w1 * h1) fine += zoneMeans(at, w1, h1, out, offset + band * ZONES * ZONES);
  writeShares(squares(0, w2 * h2), coarse, fine, out, sharesAt);
}

/** Mean magnitudes of a band in its zones. @returns the band's energy. */
function zoneMeans(from: number, width: number, height: number, out: Float32Array, offset: number): number {
  zoneSums.fill(0);
  const rows = zonesOf(height, ZONES), columns = zonesOf(width, ZONES);
  let energy = 0;
  for (let y = 0, at = from; y < height; y++) {
    const row = rows[y] * ZONES;
    for (let x = 0; x < width; x++, at++) {
      const value = numbers[at];
      if (value === 0) continue;
      zoneSums[row + columns[x]] += Math.abs(value);
      energy += value * value;
    }
  }
  const heights = zoneSizes(height, ZONES), widths = zoneSizes(width, ZONES);
  for (let zone = 0; zone < ZONES * ZONES; zone++) {
    const area = heights[Math.floor(zone / ZONES)] * widths[zone % ZONES];
    out[offset + zone] = area === 0 ? 0 : zoneSums[zone] / area;
  }
  return energy;
}

function bands(image: GrayImage, out: Float32Array, offset: number, sharesAt: number): void {
  decompose(image, DB2, numbers, 0);
  const w1 = bandLength(image.width, 4), h1 = bandLength(image.height, 4);
  const small = bandLength(w1, 4) * bandLength(h1, 4);
  let at = 0;
  let approximation = 0, coarse = 0, fine = 0;
  for (let band = 0; band < DB2_BANDS.length; band++) {
    const length = band < 4 ? small : w1 * h1;
    const energy = describe(at, length, out, offset + band * STATISTICS.length);
    if (band === 0) approximation = energy;
    else if (band < 4) coarse += energy;
    else fine += energy;
    at += length;
  }
  writeShares(approximation, coarse, fine, out, sharesAt);
}

/** The four statistics of a band. @returns its energy. */
function describe(from: number, length: number, out: Float32Array, offset: number): number {
  let sum = 0, energy = 0, magnitude = 0, maximum = 0;
  for (let i = from; i < from + length; i++) {
    const value = numbers[i];
    const size = Math.abs(value);
    sum += value;
    energy += value * value;
    magnitude += size;
    if (size > maximum) maximum = size;
  }
  const mean = sum / length;
  out[offset] = mean;
  out[offset + 1] = Math.sqrt(Math.max(0, energy / length - mean * mean));
  out[offset + 2] = magnitude / length;
  out[offset + 3] = maximum;
  return energy;
}

function squares(from: number, length: number): number {
  let sum = 0;
  for (let i = from; i < from + length; i++) sum += numbers[i] * numbers[i];
  return sum;
}

function writeShares(approximation: number, coarse: number, fine: number, out: Float32Array, at: number): void {
  const all = approximation + coarse + fine;
  out[at] = all === 0 ? 0 : coarse / all;
  out[at + 1] = all === 0 ? 0 : fine / all;
}
