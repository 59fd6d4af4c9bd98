import { zoneSizes } from '../ink/zone-sizes.js';
import { zonesOf } from '../ink/zones-of.js';
import type { Part } from './part.js';

/** Zones a side: 7 x 7 and 4 x 4 pixels each on a 28 x 28 digit. */
const SCALES = [4, 7] as const;
const inks = new Uint32Array(49);

/**
 * Zoning: the mean ink of each cell of a 4 x 4 and of a 7 x 7 grid, in [0, 1].
 *
 * The oldest digit feature and still a strong one: it keeps where the ink is and forgets how the stroke wobbles (surveyed
 * in Trier, Jain and Taxt, "Feature extraction methods for character recognition", 1996). The fine grid keeps loops and gaps
 * apart that the coarse one joins. Column `zoning.4x4.r1c2` is the second row, third column of the coarse grid.
 */
export const zoning: Part = {
  columns: SCALES.flatMap((n) => Array.from({ length: n * n }, (_, i) => `zoning.${n}x${n}.r${Math.floor(i / n)}c${i % n}`)),

  write({ width, height, pixels }, _mask, out, offset) {
    let to = offset;
    for (let s = 0; s < SCALES.length; s++) {
      const zones = SCALES[s];
      const rows = zonesOf(height, zones), columns = zonesOf(width, zones);
      const heights = zoneSizes(height, zones), widths = zoneSizes(width, zones);
      inks.fill(0);
      for (let y = 0, at = 0; y < height; y++) {
        const row = rows[y] * zones;
        for (let x = 0; x < width; x++) {
          const ink = pixels[at++];
          if (ink !== 0) inks[row + columns[x]] += ink; // whole numbers, divided once: a full zone is exactly 1
        }
      }
      for (let row = 0; row < zones; row++) {
        for (let column = 0; column < zones; column++) {
          const area = heights[row] * widths[column];
          out[to++] = area === 0 ? 0 : inks[row * zones + column] / (255 * area);
        }
      }
    }
  },
};
