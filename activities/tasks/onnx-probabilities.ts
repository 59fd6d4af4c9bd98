import { openOnnxNetwork } from '../../ml/export/onnx/open-onnx-network.js';
import type { Matrix } from '../../ml/matrix.js';
import type { CancelSignal } from '../../shared/step.js';

/** What an ONNX file says of rows, and what ran it. */
export interface OnnxProbabilities {
  readonly proba: Matrix<Float32Array>;
  readonly runtime: string;
}

/**
 * Runs rows (pixels or features) through an ONNX file in ONNX Runtime, with a word about progress after every part of them.
 * @throws InvalidModelError when the file does not open; InvalidDataError when it takes rows of another width.
 */
export async function onnxProbabilities(file: Uint8Array, x: Matrix, signal: CancelSignal, progress: (fraction: number) => void): Promise<OnnxProbabilities> {
  const network = await openOnnxNetwork(file);
  try {
    const proba = await network.predictProba(x, (done) => {
      signal.throwIfAborted();
      progress(done / x.rows);
    });
    return { proba, runtime: network.runtime };
  } finally {
    await network.dispose();
  }
}
