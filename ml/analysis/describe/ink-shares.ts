import type { Images } from '../../data/decode-images.js';
import { zonesOf } from '../../features/ink/zones-of.js';
import type { Matrix } from '../../matrix.js';

const GRID = 14;

/**
 * The share of the ink in each cell of a 14 x 14 grid, as its square root (Hellinger's distance between distributions becomes
 * Euclid's): what shape the ink has, whatever the width and brightness of the stroke.
 * @returns float32 [rows.length, 196], each row of length 1 (0 for a black image).
 */
export function inkShares({ pixels, width, height }: Images, rows: Uint32Array): Matrix<Float32Array> {
  const columns = GRID * GRID;
  const across = zonesOf(width, GRID), down = zonesOf(height, GRID);
  const data = new Float32Array(rows.length * columns);
  for (let i = 0; i < rows.length; i++) {
    const start = i * columns;
    let sum = 0;
    for (let y = 0, from = rows[i] * pixels.columns; y < height; y++) {
      const line = start + GRID * down[y];
      for (let x = 0; x < width; x++, from++) {
        const value = pixels.data[from];
        if (value === 0) continue;
        data[line + across[x]] += value;
        sum += value;
      }
    }
    if (sum > 0) for (let at = start; at < start + columns; at++) data[at] = Math.sqrt(data[at] / sum);
  }
  return { rows: rows.length, columns, data };
}
