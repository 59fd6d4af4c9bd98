import { Int8Interpreter } from '../../ml/compression/int8-interpreter.js';
import { int8Probabilities } from '../../ml/compression/int8-probabilities.js';
import { decodeImages } from '../../ml/data/decode-images.js';
import { readTflite } from '../../ml/export/tflite/read-tflite.js';
import { InvalidDataError } from '../../shared/errors.js';
import type { StepFunction } from '../../shared/step.js';
import { INT8_RUNTIME } from './int8-runtime.js';
import { timePredictions } from './time-predictions.js';

/** Latency and throughput of a `.tflite` file in our interpreter, from pixels to probabilities, on one thread. */
const measureTflite: StepFunction<{ readonly images: number }> = async ({ params, inputs }, hooks) => {
  const [tflite] = inputs['tflite'] ?? [];
  if (!tflite) throw new InvalidDataError('measure-tflite was given no .tflite file.');
  const { pixels } = decodeImages(inputs['images']?.[0]);
  const network = new Int8Interpreter(readTflite(tflite));
  const predict = async (images: typeof pixels): Promise<unknown> => int8Probabilities(network, images);
  return { outputs: {}, summary: { runtime: INT8_RUNTIME, ...(await timePredictions(predict, pixels, params.images, hooks)) } };
};

export default measureTflite;
