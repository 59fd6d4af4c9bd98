import { Int8Interpreter } from '../../ml/compression/int8-interpreter.js';
import { int8Probabilities } from '../../ml/compression/int8-probabilities.js';
import { decodeImages } from '../../ml/data/decode-images.js';
import { readTflite } from '../../ml/export/tflite/read-tflite.js';
import { InvalidDataError } from '../../shared/errors.js';
import type { StepFunction } from '../../shared/step.js';
import { INT8_RUNTIME } from './int8-runtime.js';
import { probabilitiesOutput } from './probabilities-output.js';

/** A `.tflite` file's probabilities of images, in our interpreter. Outputs: `testProba` (float32, [rows, 10]). */
const predictTflite: StepFunction = ({ inputs }, hooks) => {
  const [tflite] = inputs['tflite'] ?? [];
  if (!tflite) throw new InvalidDataError('predict-tflite was given no .tflite file.');
  const { pixels } = decodeImages(inputs['images']?.[0]);
  const network = new Int8Interpreter(readTflite(tflite));
  const eachBatch = (done: number): void => {
    hooks.signal.throwIfAborted();
    hooks.progress({ fraction: done / pixels.rows, note: `${done}/${pixels.rows} images` });
  };
  return { outputs: probabilitiesOutput(int8Probabilities(network, pixels, eachBatch)), summary: { runtime: INT8_RUNTIME } };
};

export default predictTflite;
