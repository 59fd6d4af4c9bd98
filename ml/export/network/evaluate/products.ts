import { windowSize } from '../../../compression/window-size.js';
import { shapeSize } from '../../../shape-size.js';
import type { BatchMatMul, Conv2d, Dense, DepthwiseConv2d, FusedActivation } from '../network-graph.js';
import type { EvaluatedValue, Evaluation } from './arrays.js';

function finish(sum: number, activation: FusedActivation): number {
  const least = activation === 'linear' ? sum : Math.max(sum, 0);
  return activation === 'relu6' ? Math.min(least, 6) : least;
}

/** Each output channel reads all input channels, or the one of its number. Every place sums for all outputs at once: kernels are read as they lie. */
const convolution = (everyChannel: boolean): Evaluation<Conv2d | DepthwiseConv2d> => ({ strides, padding, activation }, [input, kernel, bias], shape) => {
  const [height, width, channels] = input.shape;
  const [rows, columns] = kernel.shape;
  const [outHeight, outWidth, outputs] = shape;
  const top = windowSize(height, rows, strides[0], padding).before;
  const left = windowSize(width, columns, strides[1], padding).before;
  const output = new Float64Array(shapeSize(shape));
  const sums = new Float64Array(outputs);
  const sumAt = (row: number, column: number): void => {
    sums.fill(0);
    if (bias) sums.set(bias.data);
    for (let r = 0; r < rows; r++) {
      for (let c = 0; c < columns; c++) {
        const [y, x] = [row * strides[0] - top + r, column * strides[1] - left + c];
        if (y < 0 || x < 0 || y >= height || x >= width) continue;
        const [pixel, tap] = [(y * width + x) * channels, (r * columns + c) * channels];
        if (everyChannel) for (let i = 0; i < channels; i++) addScaled(sums, input.data[pixel + i], kernel.data, (tap + i) * outputs);
        else for (let out = 0; out < outputs; out++) sums[out] += input.data[pixel + out] * kernel.data[tap + out];
      }
    }
  };
  let index = 0;
  for (let row = 0; row < outHeight; row++) {
    for (let column = 0; column < outWidth; column++) {
      sumAt(row, column);
      for (let out = 0; out < outputs; out++) output[index++] = finish(sums[out], activation);
    }
  }
  return output;
};

export const evaluateConv2d: Evaluation<Conv2d> = convolution(true);
export const evaluateDepthwiseConv2d: Evaluation<DepthwiseConv2d> = convolution(false);

/** Zeros add nothing; after a relu they are most of what there is. */
function addScaled(sums: Float64Array, value: number, row: EvaluatedValue['data'], from: number): void {
  if (value === 0) return;
  for (let i = 0; i < sums.length; i++) sums[i] += value * row[from + i];
}

function dot(a: EvaluatedValue['data'], fromA: number, b: EvaluatedValue['data'], fromB: number, length: number): number {
  let sum = 0;
  for (let i = 0; i < length; i++) sum += a[fromA + i] * b[fromB + i];
  return sum;
}

/** The rows of a [m, k] times b [k, n], or [n, k] transposed. */
function multiply(a: EvaluatedValue['data'], b: EvaluatedValue['data'], [m, k, n]: readonly [number, number, number], transposeB: boolean): Float64Array {
  const product = new Float64Array(m * n);
  for (let row = 0; row < m; row++) {
    const sums = product.subarray(row * n, (row + 1) * n);
    if (transposeB) sums.forEach((_, column) => { sums[column] = dot(a, row * k, b, column * k, k); });
    else for (let j = 0; j < k; j++) addScaled(sums, a[row * k + j], b, j * n);
  }
  return product;
}

export const evaluateDense: Evaluation<Dense> = ({ activation }, [input, kernel, bias], shape) => {
  const [inputs, outputs] = kernel.shape;
  return multiply(input.data, kernel.data, [shapeSize(shape) / outputs, inputs, outputs], false).map((sum, i) => finish(sum + (bias?.data[i % outputs] ?? 0), activation));
};

export const evaluateBatchMatMul: Evaluation<BatchMatMul> = ({ transposeB }, [a, b], shape) => {
  const [m, n] = shape.slice(-2);
  const k = a.shape.at(-1) ?? 1;
  const output = new Float64Array(shapeSize(shape));
  for (let at = 0; at * m * n < output.length; at++) {
    output.set(multiply(a.data.subarray(at * m * k, (at + 1) * m * k), b.data.subarray(at * k * n, (at + 1) * k * n), [m, k, n], transposeB), at * m * n);
  }
  return output;
};
