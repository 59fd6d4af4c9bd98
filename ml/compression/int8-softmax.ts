import { INT8_MAX, INT8_MIN } from './affine-quantization.js';

const STEPS = 256;

/**
 * TensorFlow Lite's int8 softmax: exponentials of whole differences from the largest logit come from a table, in float32;
 * the result is in units of 1/256 with zero point -128 (optimized_ops::Softmax).
 */
export class Int8Softmax {
  private readonly exponentials: Float32Array;

  constructor(inputScale: number, beta: number) {
    const scale = Math.fround(-inputScale * beta);
    this.exponentials = Float32Array.from({ length: STEPS }, (_, difference) => Math.exp(Math.fround(scale * difference)));
  }

  /** Writes `classes` probabilities at `out[to]` from the logits at `logits[from]` (any common offset). */
  run(logits: Int16Array, from: number, classes: number, out: Int8Array, to: number): void {
    let largest = logits[from];
    for (let i = 1; i < classes; i++) if (logits[from + i] > largest) largest = logits[from + i];
    let sum = 0;
    for (let i = 0; i < classes; i++) sum = Math.fround(sum + this.exponentials[largest - logits[from + i]]);
    const scale = Math.fround(1 / Math.fround(sum / STEPS));
    for (let i = 0; i < classes; i++) {
      const probability = Math.round(Math.fround(this.exponentials[largest - logits[from + i]] * scale));
      out[to + i] = Math.min(INT8_MAX, probability + INT8_MIN);
    }
  }
}
