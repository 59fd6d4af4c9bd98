const LARGEST = 127; // -128 is not used: kernels may negate
const LARGEST_BIAS = 2 ** 30; // leaves the accumulator as much again

/** Weights with one output channel after another, as TFLite stores them. */
export interface QuantizedWeights {
  /** [outputs, ...] */
  readonly weights: Int8Array;
  /** One scale for each output. */
  readonly scales: Float32Array;
  /** In units of inputScale * scales[output]. */
  readonly bias: Int32Array;
}

/**
 * Symmetric per-channel int8 weights and int32 biases.
 *
 * @param kernel [inputs, outputs] row-major (any number of input axes joined)
 * @param bias one number for each output
 * @param inputScale the scale of the activations that the weights meet
 */
export function quantizeWeights(kernel: Float32Array, bias: Float32Array, inputScale: number): QuantizedWeights {
  const outputs = bias.length;
  const inputs = kernel.length / outputs;
  const scales = new Float32Array(outputs);
  for (let i = 0; i < kernel.length; i++) {
    const output = i % outputs;
    scales[output] = Math.max(scales[output], Math.abs(kernel[i]));
  }
  const stored = new Int32Array(outputs);
  for (let output = 0; output < outputs; output++) {
    // A channel of (almost) no weight would need a bias beyond int32.
    const forBias = Math.abs(bias[output]) / (inputScale * LARGEST_BIAS);
    scales[output] = Math.max(scales[output] / LARGEST, forBias) || 1;
    stored[output] = Math.round(bias[output] / (inputScale * scales[output]));
  }
  const weights = new Int8Array(kernel.length);
  for (let input = 0; input < inputs; input++) {
    for (let output = 0; output < outputs; output++) {
      const rounded = Math.round(kernel[input * outputs + output] / scales[output]);
      weights[output * inputs + input] = Math.max(-LARGEST, Math.min(LARGEST, rounded));
    }
  }
  return { weights, scales, bias: stored };
}
