import type { Matrix } from '../../ml/matrix.js';
import { serveOnnx } from '../../ml/serving/serve-onnx.js';
import type { CancelSignal } from '../../shared/step.js';
import { servedProbabilities } from './served-probabilities.js';
import type { ServedProbabilities } from './served-probabilities.js';

/**
 * Runs rows (pixels or features) through an ONNX file in ONNX Runtime.
 * @throws InvalidModelError when the file does not open, or takes rows of another width.
 */
export async function onnxProbabilities(file: Uint8Array, x: Matrix, signal: CancelSignal, progress: (fraction: number) => void): Promise<ServedProbabilities> {
  return servedProbabilities(await serveOnnx('ONNX model', file, 1), x, signal, progress);
}
