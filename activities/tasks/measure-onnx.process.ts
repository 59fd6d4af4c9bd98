import type { StepFunction } from '../../shared/step.js';
import { timePredictions } from './time-predictions.js';
import { withOnnxNetwork } from './with-onnx-network.js';

/** Latency and throughput of an ONNX file of a network in ONNX Runtime, from pixels to probabilities, on one thread. */
const measureOnnx: StepFunction<{ readonly images: number }> = ({ params, inputs }, hooks) =>
  withOnnxNetwork('measure-onnx', inputs, async (network, pixels) => ({
    outputs: {}, summary: { runtime: network.runtime, ...(await timePredictions((images) => network.predictProba(images), pixels, params.images, hooks)) },
  }));

export default measureOnnx;
