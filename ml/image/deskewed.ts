import type { Matrix } from '../matrix.js';

/**
 * The images made upright: sheared along their rows about the centre of mass so that the ink's covariance of x and y vanishes
 * (moment deskewing; LeCun et al. 1998 used it), interpolated linearly. Without labels, and most of what slant adds between
 * writers is gone. Blank images stay.
 */
export function deskewed({ rows, columns, data }: Matrix<Uint8Array>, { width, height }: { readonly width: number; readonly height: number }): Uint8Array {
  const out = new Uint8Array(rows * columns);
  for (let row = 0, from = 0; row < rows; row++, from += columns) {
    let [mass, sumX, sumY, sumXY, sumYY] = [0, 0, 0, 0, 0];
    for (let y = 0, at = from; y < height; y++) {
      for (let x = 0; x < width; x++, at++) {
        const ink = data[at];
        mass += ink;
        sumX += ink * x;
        sumY += ink * y;
        sumXY += ink * x * y;
        sumYY += ink * y * y;
      }
    }
    const centre = mass > 0 ? sumY / mass : 0;
    const variance = sumYY - sumY * centre;
    const slant = variance > 0 ? (sumXY - sumX * centre) / variance : 0;
    for (let y = 0, to = from; y < height; y++) {
      const shift = slant * (y - centre);
      const whole = Math.floor(shift);
      const part = shift - whole;
      const line = from + y * width;
      for (let x = 0; x < width; x++, to++) {
        const source = x + whole;
        const left = source >= 0 && source < width ? data[line + source] : 0;
        const right = source + 1 >= 0 && source + 1 < width ? data[line + source + 1] : 0;
        out[to] = Math.round(left + part * (right - left));
      }
    }
  }
  return out;
}
