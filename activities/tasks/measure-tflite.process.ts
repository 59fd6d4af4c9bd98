import { decodeImages } from '../../ml/data/decode-images.js';
import { serveTflite } from '../../ml/serving/serve-tflite.js';
import { InvalidDataError } from '../../shared/errors.js';
import type { StepFunction } from '../../shared/step.js';
import { timePredictions } from './time-predictions.js';

/** Latency and throughput of a `.tflite` file in service, from pixels to probabilities, on one thread. */
const measureTflite: StepFunction<{ readonly images: number }> = async ({ params, inputs, native }, hooks) => {
  const [tflite] = inputs['tflite'] ?? [];
  if (!tflite) throw new InvalidDataError('measure-tflite was given no .tflite file.');
  const { pixels } = decodeImages(inputs['images']?.[0]);
  const served = serveTflite('network', tflite, { native });
  try {
    return { outputs: {}, summary: { runtime: served.runtime, ...(await timePredictions((images) => served.predictProba(images), pixels, params.images, hooks)) } };
  } finally {
    await served.dispose();
  }
};

export default measureTflite;
