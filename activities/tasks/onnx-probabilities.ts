import type { Matrix } from '../../ml/matrix.js';
import { CLASSES } from '../../ml/models/model.js';
import { asFloats } from '../../ml/models/as-floats.js';
import { rowsBetween } from '../../ml/matrix.js';
import { openOnnxSession } from '../../native/onnxruntime.js';
import { InvalidModelError } from '../../shared/errors.js';
import type { CancelSignal } from '../../shared/step.js';

/** Rows at once: a fraction of a second of most models. */
const ROWS = 256;

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
  const session = await openOnnxSession(file, { batchRows: ROWS });
  try {
    if (session.inputSize !== x.columns) throw new InvalidModelError(`The ONNX file takes rows of ${session.inputSize} numbers; the model reads ${x.columns}.`);
    const data = new Float32Array(x.rows * CLASSES);
    for (let from = 0; from < x.rows; from += ROWS) {
      signal.throwIfAborted();
      const to = Math.min(from + ROWS, x.rows);
      data.set(await session.run(asFloats(rowsBetween(x, from, to)).data, 'probabilities'), from * CLASSES);
      progress(to / x.rows);
    }
    return { proba: { rows: x.rows, columns: CLASSES, data }, runtime: session.runtime };
  } finally {
    await session.dispose();
  }
}
