import { windowSize } from '../../../compression/window-size.js';
import { shapeSize } from '../../../shape-size.js';
import type { BatchMatMul, Conv2d, Dense, DepthwiseConv2d, FusedActivation } from '../network-graph.js';
import type { EvaluatedValue, Evaluation } from './arrays.js';

function finish(sum: number, activation: FusedActivation): number {
  const least = activation === 'linear' ? sum : Math.max(sum, 0);
  return activation === 'relu6' ? Math.min(least, 6) : least;
}

/** Each output channel reads all input channels, or the one of its number. */
const convolution = (everyChannel: boolean): Evaluation<Conv2d | DepthwiseConv2d> => ({ strides, padding, activation }, [input, kernel, bias], shape) => {
  const [height, width, channels] = input.shape;
  const [rows, columns] = kernel.shape;
  const [outHeight, outWidth, outputs] = shape;
  const top = windowSize(height, rows, strides[0], padding).before;
  const left = windowSize(width, columns, strides[1], padding).before;
  const output = new Float64Array(shapeSize(shape));
  const at = (row: number, column: number, out: number): number => {
    let sum = bias?.data[out] ?? 0;
    for (let r = 0; r < rows; r++) {
      for (let c = 0; c < columns; c++) {
        const [y, x] = [row * strides[0] - top + r, column * strides[1] - left + c];
        if (y < 0 || x < 0 || y >= height || x >= width) continue;
        const [pixel, tap] = [(y * width + x) * channels, (r * columns + c) * channels];
        if (everyChannel) for (let i = 0; i < channels; i++) sum += input.data[pixel + i] * kernel.data[(tap + i) * outputs + out];
        else sum += input.data[pixel + out] * kernel.data[tap + out];
      }
    }
    return finish(sum, activation);
  };
  let index = 0;
  for (let row = 0; row < outHeight; row++) for (let column = 0; column < outWidth; column++) for (let out = 0; out < outputs; out++) output[index++] = at(row, column, out);
  return output;
};

export const evaluateConv2d: Evaluation<Conv2d> = convolution(true);
export const evaluateDepthwiseConv2d: Evaluation<DepthwiseConv2d> = convolution(false);

/** The rows of a [m, k] times b [k, n], or [n, k] transposed. */
function multiply(a: EvaluatedValue['data'], b: EvaluatedValue['data'], [m, k, n]: readonly [number, number, number], transposeB: boolean): Float64Array {
  return Float64Array.from({ length: m * n }, (_, i) => {
    const [row, column] = [Math.floor(i / n), i % n];
    let sum = 0;
    for (let j = 0; j < k; j++) sum += a[row * k + j] * b[transposeB ? column * k + j : j * n + column];
    return sum;
  });
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
