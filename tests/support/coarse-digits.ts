import type { Digits } from './digits.js';
import { toyDigits } from './digits.js';

const SIDE = 28;
const HALF = SIDE / 2;

/** `toyDigits` as `coarse` pictures. */
export function coarseDigits(wanted: { rows: number; seed: number }): Digits {
  return coarse(toyDigits(wanted));
}

/** The same digits in pictures of 14 x 14 pixels, for what takes time by the cube of the columns: eigenvectors, covariances. */
export function coarse({ x: { rows, columns, data }, labels }: Digits): Digits {
  const means = Uint8Array.from({ length: rows * HALF * HALF }, (_, at) => {
    const [row, pixel] = [Math.floor(at / (HALF * HALF)), at % (HALF * HALF)];
    const corner = row * columns + 2 * Math.floor(pixel / HALF) * SIDE + 2 * (pixel % HALF);
    return [0, 1, SIDE, SIDE + 1].reduce((sum, next) => sum + (data[corner + next] ?? NaN), 0) / 4;
  });
  return { x: { rows, columns: HALF * HALF, data: means }, labels };
}
