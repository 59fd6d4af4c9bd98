/** Weights of whole numbers: weight = scale of its output * stored. */
export interface QuantizedKernel {
  /** [inputs, outputs], as the kernel. */
  readonly stored: Int8Array<ArrayBuffer>;
  /** One for each output. */
  readonly scales: Float32Array<ArrayBuffer>;
}

const NEAR = 1e-3; // of a step: folding a normalisation into the weights of a grid moves them in float32's last digits

/**
 * Symmetric weights, one scale for each output. Weights that lie on a grid, as training with few bits leaves them, keep their values; elsewhere
 * the largest weight takes the largest number. The lowest number that `bits` can hold is not used: kernels may negate.
 *
 * @param kernel [inputs, outputs] row-major (any number of input axes joined)
 * @param smallestScale what an output's scale must reach, 0 by default
 */
export function quantizeKernel(kernel: Float32Array, outputs: number, bits: number, smallestScale: (output: number) => number = () => 0): QuantizedKernel {
  const largest = 2 ** (bits - 1) - 1;
  const scales = Float32Array.from({ length: outputs }, (_, output) => Math.max(scaleOf(kernel, outputs, output, largest), smallestScale(output)) || 1);
  const stored = Int8Array.from(kernel, (weight, i) => Math.max(-largest, Math.min(largest, Math.round(weight / scales[i % outputs]))));
  return { stored, scales };
}

function scaleOf(kernel: Float32Array, outputs: number, output: number, largest: number): number {
  let widest = 0;
  for (let i = output; i < kernel.length; i += outputs) widest = Math.max(widest, Math.abs(kernel[i]));
  for (let top = largest; top > 0; top--) if (isGrid(kernel, outputs, output, widest / top)) return widest / top;
  return widest / largest;
}

/** Whether all of an output's weights are near multiples of a step. */
function isGrid(kernel: Float32Array, outputs: number, output: number, step: number): boolean {
  for (let i = output; i < kernel.length; i += outputs) {
    const steps = kernel[i] / step;
    if (!(Math.abs(steps - Math.round(steps)) < NEAR)) return false;
  }
  return true;
}
