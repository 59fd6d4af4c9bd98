/** Weights of whole numbers: weight = scale of its output * stored. */
export interface QuantizedKernel {
  /** [inputs, outputs], as the kernel. */
  readonly stored: Int8Array;
  /** One for each output. */
  readonly scales: Float32Array;
}

/**
 * Symmetric weights, one scale for each output. The lowest number that `bits` can hold is not used: kernels may negate.
 *
 * @param kernel [inputs, outputs] row-major (any number of input axes joined)
 * @param smallestScale what an output's scale must reach, 0 by default
 */
export function quantizeKernel(kernel: Float32Array, outputs: number, bits: number, smallestScale: (output: number) => number = () => 0): QuantizedKernel {
  const largest = 2 ** (bits - 1) - 1;
  const scales = new Float32Array(outputs);
  for (let i = 0; i < kernel.length; i++) {
    const output = i % outputs;
    scales[output] = Math.max(scales[output], Math.abs(kernel[i]));
  }
  for (let output = 0; output < outputs; output++) scales[output] = Math.max(scales[output] / largest, smallestScale(output)) || 1;
  const stored = Int8Array.from(kernel, (weight, i) => Math.max(-largest, Math.min(largest, Math.round(weight / scales[i % outputs]))));
  return { stored, scales };
}
