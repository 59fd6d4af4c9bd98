import { decodeImages } from '../../ml/data/decode-images.js';
import { serveOnnx } from '../../ml/serving/serve-onnx.js';
import { InvalidDataError } from '../../shared/errors.js';
import type { StepFunction } from '../../shared/step.js';
import { timePredictions } from './time-predictions.js';

/** Latency and throughput of an ONNX file of a network in service, from pixels to probabilities, on one thread. */
const measureOnnx: StepFunction<{ readonly images: number }> = async ({ params, inputs }, hooks) => {
  const [onnx] = inputs['onnx'] ?? [];
  if (!onnx) throw new InvalidDataError('measure-onnx was given no ONNX file.');
  const { pixels } = decodeImages(inputs['images']?.[0]);
  const served = await serveOnnx('network', onnx, 1);
  try {
    return { outputs: {}, summary: { runtime: served.runtime, ...(await timePredictions((images) => served.predictProba(images), pixels, params.images, hooks)) } };
  } finally {
    await served.dispose();
  }
};

export default measureOnnx;
