import type { Matrix } from '../../ml/matrix.js';
import { serveOnnx } from '../../ml/serving/serve-onnx.js';
import type { CancelSignal } from '../../shared/step.js';
import { predictInParts } from './predict-in-parts.js';

/** What an ONNX file says of rows, and what ran it. */
export interface OnnxProbabilities {
  readonly proba: Matrix<Float32Array>;
  readonly runtime: string;
}

/**
 * Runs rows (pixels or features) through an ONNX file in ONNX Runtime, with a word about progress after every part of them.
 * @throws InvalidModelError when the file does not open, or takes rows of another width.
 */
export async function onnxProbabilities(file: Uint8Array, x: Matrix, signal: CancelSignal, progress: (fraction: number) => void): Promise<OnnxProbabilities> {
  const served = await serveOnnx('ONNX model', file, 1);
  try {
    return { proba: await predictInParts(served, x, signal, progress), runtime: served.runtime };
  } finally {
    await served.dispose();
  }
}
