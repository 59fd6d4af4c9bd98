import { zonesOf } from '../ink/zones-of.js';
import type { Part } from './part.js';

const LINES = 28;
const DIAGONALS = 7;
const counts = new Uint32Array(2 * LINES + 2 * DIAGONALS);
const inks = new Uint32Array(2 * LINES + 2 * DIAGONALS);

/**
 * Projections: the mean ink of each of 28 rows (`projections.row3`) and 28 columns, and of seven stripes along each diagonal:
 * `falling0` lies along the diagonal that falls to the right, in the lower left corner; `rising0` in the upper left. In [0, 1].
 */
export const projections: Part = {
  columns: [
    ...Array.from({ length: LINES }, (_, i) => `projections.row${i}`), ...Array.from({ length: LINES }, (_, i) => `projections.column${i}`),
    ...Array.from({ length: DIAGONALS }, (_, i) => `projections.falling${i}`), ...Array.from({ length: DIAGONALS }, (_, i) => `projections.rising${i}`),
  ],

  write({ width, height, pixels }, _mask, out, offset) {
    const rows = zonesOf(height, LINES), columns = zonesOf(width, LINES), stripes = zonesOf(width + height - 1, DIAGONALS);
    counts.fill(0);
    inks.fill(0);
    for (let y = 0, at = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const ink = pixels[at++];
        const column = LINES + columns[x];
        const falling = 2 * LINES + stripes[x - y + height - 1], rising = 2 * LINES + DIAGONALS + stripes[x + y];
        counts[rows[y]]++;
        counts[column]++;
        counts[falling]++;
        counts[rising]++;
        if (ink === 0) continue;
        inks[rows[y]] += ink;
        inks[column] += ink;
        inks[falling] += ink;
        inks[rising] += ink;
      }
    }
    for (let i = 0; i < counts.length; i++) out[offset + i] = counts[i] === 0 ? 0 : inks[i] / (255 * counts[i]);
  },
};
