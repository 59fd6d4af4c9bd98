import { openOnnxSession } from '../../../native/onnxruntime.js';
import type { OnnxSessionOptions } from '../../../native/onnxruntime.js';
import { InvalidDataError } from '../../../shared/errors.js';
import { rowsBetween } from '../../matrix.js';
import type { Matrix } from '../../matrix.js';
import { asFloats } from '../../models/as-floats.js';
import { CLASSES } from '../../models/model.js';

const BATCH = 500; // rows between two reports

/** A model of our writers in ONNX Runtime. */
export interface OnnxNetwork {
  readonly runtime: string;
  /**
   * Class probabilities of rows (uint8 images or feature columns), float32 [rows, 10].
   * @param eachBatch called with the number of rows done; may throw to end the work.
   * @throws InvalidDataError when the rows are of another width.
   */
  predictProba(x: Matrix, eachBatch?: (done: number) => void): Promise<Matrix<Float32Array>>;
  /** Frees the network's memory. */
  dispose(): Promise<void>;
}

/** Opens an ONNX file of a model. @throws what `openOnnxSession` throws. */
export async function openOnnxNetwork(bytes: Uint8Array, options: OnnxSessionOptions = {}): Promise<OnnxNetwork> {
  const session = await openOnnxSession(bytes, options);
  return {
    runtime: session.runtime,
    async predictProba(x, eachBatch = () => undefined) {
      if (x.columns !== session.inputSize) throw new InvalidDataError(`The ONNX model takes rows of ${session.inputSize} numbers, got ${x.columns}.`);
      const data = new Float32Array(x.rows * CLASSES);
      for (let from = 0; from < x.rows; from += BATCH) {
        const rows = rowsBetween(x, from, Math.min(x.rows, from + BATCH));
        data.set(await session.run(asFloats(rows).data), from * CLASSES);
        eachBatch(from + rows.rows);
      }
      return { rows: x.rows, columns: CLASSES, data };
    },
    dispose: () => session.dispose(),
  };
}
