import { zonesOf } from '../ink/zones-of.js';
import type { Part } from './part.js';

const BANDS = 14;
const SIDES = ['left', 'right', 'top', 'bottom'];
const sums = new Float64Array(SIDES.length * BANDS);
const counts = new Uint16Array(2 * BANDS);

/**
 * Profiles: how far one sees from each side of the image before ink, as a share of the way across, in [0, 1]; 1 where there is no ink.
 * Each number is the mean over two lines: `profiles.left3` over rows 6 and 7, `profiles.top3` over columns 6 and 7.
 */
export const profiles: Part = {
  columns: SIDES.flatMap((side) => Array.from({ length: BANDS }, (_, i) => `profiles.${side}${i}`)),

  write(_image, { width, height, stride, cells }, out, offset) {
    const rows = zonesOf(height, BANDS), columns = zonesOf(width, BANDS);
    sums.fill(0);
    counts.fill(0);
    for (let y = 0; y < height; y++) {
      const start = (y + 1) * stride + 1;
      let left = 0, right = 0;
      while (left < width && cells[start + left] === 0) left++;
      while (right < width && cells[start + width - 1 - right] === 0) right++;
      sums[rows[y]] += left / width;
      sums[BANDS + rows[y]] += right / width;
      counts[rows[y]]++;
    }
    for (let x = 0; x < width; x++) {
      const start = stride + x + 1;
      let top = 0, bottom = 0;
      while (top < height && cells[start + top * stride] === 0) top++;
      while (bottom < height && cells[start + (height - 1 - bottom) * stride] === 0) bottom++;
      sums[2 * BANDS + columns[x]] += top / height;
      sums[3 * BANDS + columns[x]] += bottom / height;
      counts[BANDS + columns[x]]++;
    }
    for (let i = 0; i < sums.length; i++) {
      const count = counts[(i < 2 * BANDS ? 0 : BANDS) + (i % BANDS)];
      out[offset + i] = count === 0 ? 1 : sums[i] / count;
    }
  },
};
