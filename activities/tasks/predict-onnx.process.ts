import type { StepFunction } from '../../shared/step.js';
import { probabilitiesOutput } from './probabilities-output.js';
import { withOnnxNetwork } from './with-onnx-network.js';

/** What an ONNX file of a network says of images, in ONNX Runtime. Outputs: `testProba` (float32, [rows, 10]). */
const predictOnnx: StepFunction = ({ inputs }, hooks) =>
  withOnnxNetwork('predict-onnx', inputs, async (network, pixels) => {
    const proba = await network.predictProba(pixels, (done) => {
      hooks.signal.throwIfAborted();
      hooks.progress({ fraction: done / pixels.rows, note: `${done}/${pixels.rows} images` });
    });
    return { outputs: probabilitiesOutput(proba), summary: { runtime: network.runtime } };
  });

export default predictOnnx;
