import { InvalidDataError } from '../../shared/errors.js';
import type { Matrix } from '../matrix.js';
import { INT8_MIN, quantize } from './affine-quantization.js';
import type { Int8Interpreter } from './int8-interpreter.js';

const BATCH = 500;
const PIXEL_VALUES = 256;

/**
 * Class probabilities of an int8 network for uint8 images, float32 [rows, classes]: its dequantised outputs, divided by their
 * sum (which rounding leaves near one). An output of zero stays zero.
 *
 * @param eachBatch called with the number of rows done
 * @throws InvalidDataError when the images are not as large as the network's input.
 */
export function int8Probabilities(
  network: Int8Interpreter,
  images: Matrix<Uint8Array>,
  eachBatch: (done: number) => void = () => {},
): Matrix<Float32Array> {
  if (images.columns !== network.columns) {
    throw new InvalidDataError(`The int8 network takes images of ${network.columns} pixels, got ${images.columns}.`);
  }
  const stored = Int8Array.from({ length: PIXEL_VALUES }, (_, pixel) => quantize(pixel / 255, network.inputQuantization));
  const data = new Float32Array(images.rows * network.classes);
  const batch = new Int8Array(Math.min(BATCH, images.rows) * images.columns);
  for (let from = 0; from < images.rows; from += BATCH) {
    const rows = Math.min(BATCH, images.rows - from);
    const input = batch.subarray(0, rows * images.columns);
    for (let i = 0, pixel = from * images.columns; i < input.length; i++, pixel++) input[i] = stored[images.data[pixel]];
    normaliseRows(network.run(input), data, from * network.classes, network.classes);
    eachBatch(from + rows);
  }
  return { rows: images.rows, columns: network.classes, data };
}

function normaliseRows(outputs: Int8Array, data: Float32Array, to: number, classes: number): void {
  for (let row = 0; row < outputs.length; row += classes) {
    let sum = 0;
    for (let c = 0; c < classes; c++) sum += outputs[row + c] - INT8_MIN;
    for (let c = 0; c < classes; c++) data[to + row + c] = (outputs[row + c] - INT8_MIN) / sum;
  }
}
