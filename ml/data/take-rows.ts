import type { Digits } from './digits.js';

/** The given rows, in the order given, copied. */
export function takeRows(digits: Digits, order: ArrayLike<number>): Digits {
  const area = digits.height * digits.width;
  const pixels = new Uint8Array(order.length * area);
  const labels = new Uint8Array(order.length);
  for (let i = 0; i < order.length; i++) {
    pixels.set(digits.pixels.subarray(order[i] * area, (order[i] + 1) * area), i * area);
    labels[i] = digits.labels[order[i]];
  }
  return { ...digits, rows: order.length, pixels, labels };
}
