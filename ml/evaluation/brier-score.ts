import type { Matrix } from '../matrix.js';

/** Mean squared distance between the probabilities and the truth, summed over the classes: 0 to 2 (Brier 1950); 0 where there is no row. */
export function brierScore({ columns, data }: Matrix<Float32Array>, labels: Uint8Array): number {
  let sum = 0;
  for (let row = 0, at = 0; row < labels.length; row++) {
    for (let k = 0; k < columns; k++, at++) {
      const gap = data[at] - (labels[row] === k ? 1 : 0);
      sum += gap * gap;
    }
  }
  return labels.length === 0 ? 0 : sum / labels.length;
}
