import type { Matrix } from '../matrix.js';

const SMALLEST = 2 ** -23; // float32's epsilon, as scikit-learn clips float32 probabilities

/** Mean cross-entropy in nats of the labels under the probabilities; 0 where there is none. Probabilities are clipped at 1.2e-7. */
export function logLoss({ columns, data }: Matrix<Float32Array>, labels: Uint8Array): number {
  let sum = 0;
  for (let row = 0; row < labels.length; row++) {
    sum -= Math.log(Math.min(1 - SMALLEST, Math.max(SMALLEST, data[row * columns + labels[row]])));
  }
  return labels.length === 0 ? 0 : sum / labels.length;
}
