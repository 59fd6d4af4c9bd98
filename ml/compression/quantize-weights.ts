import { outputsFirst } from '../export/tflite/network/outputs-first.js';
import { quantizeKernel } from './quantize-kernel.js';
import type { QuantizedKernel } from './quantize-kernel.js';

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
  const { stored, scales } = quantizeProduct(kernel, bias, inputScale, 8);
  return { weights: outputsFirst(stored, bias.length), scales, bias: quantizeBias(bias, scales, inputScale) };
}

/** Weights of `bits`, in the kernel's order, whose scales leave room for the biases: a channel of (almost) no weight would need one beyond int32. */
export function quantizeProduct(kernel: Float32Array, bias: Float32Array, inputScale: number, bits: number): QuantizedKernel {
  return quantizeKernel(kernel, bias.length, bits, (output) => Math.abs(bias[output]) / (inputScale * LARGEST_BIAS));
}

/** int32 biases in units of inputScale * scales[output]. */
export function quantizeBias(bias: Float32Array, scales: Float32Array, inputScale: number): Int32Array {
  return Int32Array.from(bias, (real, output) => Math.round(real / (inputScale * scales[output])));
}
