import type { LiteRtNumbers } from '../../native/litert-tensor.js';
import { quantize } from '../compression/affine-quantization.js';
import type { Matrix } from '../matrix.js';
import { CLASSES } from '../models/model.js';

const PIXEL_VALUES = 256;

/** Writes rows of pixels (uint8, or float32 in 0..1) from row `from` on, as a model holds its input, until that is full. */
export function pixelWriter(numbers: LiteRtNumbers): (input: Float32Array | Int8Array, x: Matrix, from: number) => void {
  const stored = (value: number): number => (numbers.type === 'int8' ? quantize(value, numbers) : value);
  const ofPixel = Float32Array.from({ length: PIXEL_VALUES }, (_, pixel) => stored(pixel / 255));
  return (input, { data, columns }, from) => {
    const start = from * columns;
    if (!(data instanceof Float32Array)) for (let i = 0; i < input.length; i++) input[i] = ofPixel[data[start + i]];
    else if (numbers.type === 'float32') input.set(data.subarray(start, start + input.length));
    else for (let i = 0; i < input.length; i++) input[i] = stored(data[start + i]);
  };
}

/**
 * Reads what a model gave as probabilities. Those of int8 are divided by their sum, which rounding leaves near one; an output of zero stays zero.
 */
export function probabilityReader(numbers: LiteRtNumbers): (output: Float32Array | Int8Array, data: Float32Array, at: number) => void {
  if (numbers.type === 'float32') return (output, data, at) => data.set(output, at);
  const { zeroPoint } = numbers;
  return (output, data, at) => {
    for (let row = 0; row < output.length; row += CLASSES) {
      let sum = 0;
      for (let c = 0; c < CLASSES; c++) sum += output[row + c] - zeroPoint;
      for (let c = 0; c < CLASSES; c++) data[at + row + c] = (output[row + c] - zeroPoint) / sum;
    }
  };
}
