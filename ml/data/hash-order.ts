import { createHash } from 'node:crypto';
import type { Digits } from './digits.js';

/**
 * The rows in the order of the SHA-256 of their pixels: a shuffle that depends on nothing but the images themselves, so
 * that the same images come in the same order whatever their files are called.
 */
export function hashOrder({ rows, height, width, pixels, labels }: Digits): Uint32Array {
  const area = height * width;
  const keys = new Float64Array(rows); // the first 48 bits, exact in a double
  for (let row = 0; row < rows; row++) {
    keys[row] = createHash('sha256').update(pixels.subarray(row * area, (row + 1) * area)).digest().readUIntBE(0, 6);
  }
  return Uint32Array.from({ length: rows }, (_, row) => row).sort((a, b) => keys[a] - keys[b] || labels[a] - labels[b] || a - b);
}
