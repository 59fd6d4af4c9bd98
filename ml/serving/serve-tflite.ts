import { Int8Interpreter } from '../compression/int8-interpreter.js';
import { int8Probabilities } from '../compression/int8-probabilities.js';
import { readTflite } from '../export/tflite/read-tflite.js';
import type { Matrix } from '../matrix.js';
import { INT8_RUNTIME } from './int8-runtime.js';
import type { ServedModel } from './served-model.js';

/**
 * Puts an int8 `.tflite` file, whose rows are pixels of uint8, into service.
 * @throws InvalidModelError when the bytes are no such file.
 */
export function serveTflite(bytes: Uint8Array): ServedModel {
  const network = new Int8Interpreter(readTflite(bytes));
  return {
    runtime: INT8_RUNTIME,
    predictProba: async (x) => int8Probabilities(network, x as Matrix<Uint8Array>),
    dispose: async () => undefined,
  };
}
