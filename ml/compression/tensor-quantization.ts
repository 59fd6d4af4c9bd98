import type { TensorQuantization } from '../export/tflite/tflite-graph.js';
import type { AffineQuantization } from './affine-quantization.js';

/** One scale and zero point for a whole tensor. */
export function tensorQuantization({ scale, zeroPoint }: AffineQuantization): TensorQuantization {
  return { scales: Float32Array.of(scale), zeroPoints: Int32Array.of(zeroPoint), dimension: 0 };
}

/** One scale for each index of an axis, without zero points. */
export function axisQuantization(scales: Float32Array, dimension: number): TensorQuantization {
  return { scales, zeroPoints: new Int32Array(scales.length), dimension };
}
