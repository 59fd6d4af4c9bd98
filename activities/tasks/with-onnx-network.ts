import { decodeImages } from '../../ml/data/decode-images.js';
import { openOnnxNetwork } from '../../ml/export/onnx/open-onnx-network.js';
import type { OnnxNetwork } from '../../ml/export/onnx/open-onnx-network.js';
import type { Matrix } from '../../ml/matrix.js';
import { InvalidDataError } from '../../shared/errors.js';
import type { StepInput, StepOutput } from '../../shared/step.js';

/**
 * Opens the ONNX file (role `onnx`) that a step was given, on one thread, for what the step does with it and the images.
 * @throws InvalidDataError when there is none; what opening it throws.
 */
export async function withOnnxNetwork(step: string, inputs: StepInput['inputs'], work: (network: OnnxNetwork, images: Matrix<Uint8Array>) => Promise<StepOutput>): Promise<StepOutput> {
  const [onnx] = inputs['onnx'] ?? [];
  if (!onnx) throw new InvalidDataError(`${step} was given no ONNX file.`);
  const { pixels } = decodeImages(inputs['images']?.[0]);
  const network = await openOnnxNetwork(onnx);
  try {
    return await work(network, pixels);
  } finally {
    await network.dispose();
  }
}
