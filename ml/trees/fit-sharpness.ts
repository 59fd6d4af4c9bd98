import type { Matrix } from '../matrix.js';
import { CLASSES } from '../models/model.js';

const DEFAULT = 10;
const [LEAST, MOST, STEPS] = [1, 200, 60];

/**
 * The factor on vote shares whose softmax has the lowest log-loss on rows that no tree was grown on; 10 where there are none. The best
 * of steps of equal ratio, so that it depends on no tolerance.
 * @param shares by [row, class], summing to one.
 */
export function fitSharpness({ rows, data: shares }: Matrix<Float32Array>, labels: Uint8Array): number {
  if (rows === 0) return DEFAULT;
  let best = { loss: Number.POSITIVE_INFINITY, sharpness: DEFAULT };
  for (let step = 0; step <= STEPS; step++) {
    const sharpness = LEAST * (MOST / LEAST) ** (step / STEPS);
    let loss = 0;
    for (let row = 0; row < rows; row++) {
      let sum = 0;
      const own = shares[row * CLASSES + labels[row]];
      for (let k = 0; k < CLASSES; k++) sum += Math.exp(sharpness * (shares[row * CLASSES + k] - own));
      loss += Math.log(sum);
    }
    if (loss < best.loss) best = { loss, sharpness };
  }
  return best.sharpness;
}
