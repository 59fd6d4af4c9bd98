import { zonesOf } from '../ink/zones-of.js';
import type { Part } from './part.js';

const BANDS = 14;
const sums = new Uint16Array(2 * BANDS);
const counts = new Uint16Array(2 * BANDS);

/**
 * Crossings: how many strokes a line across the image meets, mean over two rows (`crossings.row3`) or two columns. From 0 to 14;
 * a digit has seldom more than 4.
 */
export const crossings: Part = {
  columns: ['row', 'column'].flatMap((way) => Array.from({ length: BANDS }, (_, i) => `crossings.${way}${i}`)),

  write(_image, { width, height, stride, cells }, out, offset) {
    const rows = zonesOf(height, BANDS), columns = zonesOf(width, BANDS);
    sums.fill(0);
    counts.fill(0);
    for (let y = 0; y < height; y++) counts[rows[y]]++;
    for (let x = 0; x < width; x++) counts[BANDS + columns[x]]++;
    for (let y = 0; y < height; y++) {
      for (let x = 0, at = (y + 1) * stride + 1; x < width; x++, at++) {
        if (cells[at] === 0) continue;
        sums[rows[y]] += 1 - cells[at - 1];
        sums[BANDS + columns[x]] += 1 - cells[at - stride];
      }
    }
    for (let i = 0; i < sums.length; i++) out[offset + i] = counts[i] === 0 ? 0 : sums[i] / counts[i];
  },
};
