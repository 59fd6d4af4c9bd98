import type { LiteRtNumbers } from '../../native/litert-tensor.js';
import { quantize } from '../compression/affine-quantization.js';
import type { AffineQuantization } from '../compression/affine-quantization.js';
import type { Matrix } from '../matrix.js';
import { CLASSES } from '../models/model.js';

const PIXEL_VALUES = 256;
const HALF = 128;

/** Writes rows of pixels (uint8, or float32 in 0..1) from row `from` on, as a model holds its input, until that is full. */
export function pixelWriter(numbers: LiteRtNumbers): (input: Float32Array | Int8Array, x: Matrix, from: number) => void {
  // A loop of its own for each pair of types: one that meets several costs V8 twice the time.
  const bytesToInt8 = numbers.type === 'int8' ? byteConverter(numbers) : undefined;
  return (input, { data, columns }, from) => {
    const rows = data.subarray(from * columns, from * columns + input.length);
    if (input instanceof Float32Array) {
      if (rows instanceof Float32Array) input.set(rows);
      else pixelsToFloats(rows, input);
    } else if (rows instanceof Float32Array) floatsToInt8(rows, input, numbers as AffineQuantization);
    else bytesToInt8?.(rows, input);
  };
}

function pixelsToFloats(pixels: Uint8Array, into: Float32Array): void {
  for (let i = 0; i < into.length; i++) into[i] = pixels[i] / 255;
}

/** As `quantize` does it, but for what lies half between two negative steps, which goes up. */
function floatsToInt8(values: Float32Array, into: Int8Array, { scale, zeroPoint }: AffineQuantization): void {
  const steps = 1 / scale;
  const half = zeroPoint + HALF + 0.5;
  for (let i = 0; i < into.length; i++) {
    const above = values[i] * steps + half; // the lowest, in steps
    into[i] = (above > 0 ? (above < PIXEL_VALUES ? above | 0 : PIXEL_VALUES - 1) : 0) - HALF;
  }
}

/** Pixels as int8: on the usual grid a pixel's highest bit is turned, four at a time where the memory allows it. */
function byteConverter(grid: AffineQuantization): (pixels: Uint8Array, into: Int8Array) => void {
  const ofPixel = Int8Array.from({ length: PIXEL_VALUES }, (_, pixel) => quantize(pixel / 255, grid));
  const usual = ofPixel.every((stored, pixel) => stored === pixel - HALF);
  return (pixels, into) => {
    if (usual && into.byteOffset % 4 === 0 && into.length % 4 === 0) {
      into.set(pixels);
      const words = new Uint32Array(into.buffer, into.byteOffset, into.length / 4);
      for (let i = 0; i < words.length; i++) words[i] ^= 0x80808080;
    } else {
      for (let i = 0; i < into.length; i++) into[i] = ofPixel[pixels[i]];
    }
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
