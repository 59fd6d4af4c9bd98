import { openOnnxSession } from '../../../native/onnxruntime.js';
import type { OnnxSessionOptions } from '../../../native/onnxruntime.js';
import { InvalidDataError } from '../../../shared/errors.js';
import { rowsBetween } from '../../matrix.js';
import type { Matrix } from '../../matrix.js';
import { CLASSES } from '../../models/model.js';

const BATCH = 500; // rows between two reports

/** A network of `writeNetwork` or `writeQuantizedNetwork` in ONNX Runtime. */
export interface OnnxNetwork {
  readonly runtime: string;
  /**
   * Class probabilities of uint8 images, float32 [rows, 10].
   * @param eachBatch called with the number of rows done; may throw to end the work.
   * @throws InvalidDataError when the images are of another size.
   */
  predictProba(images: Matrix<Uint8Array>, eachBatch?: (done: number) => void): Promise<Matrix<Float32Array>>;
  /** Frees the network's memory. */
  dispose(): Promise<void>;
}

/** Opens an ONNX file of a network. @throws what `openOnnxSession` throws. */
export async function openOnnxNetwork(bytes: Uint8Array, options: OnnxSessionOptions = {}): Promise<OnnxNetwork> {
  const session = await openOnnxSession(bytes, options);
  return {
    runtime: session.runtime,
    async predictProba(images, eachBatch = () => undefined) {
      if (images.columns !== session.inputSize) throw new InvalidDataError(`The network takes images of ${session.inputSize} pixels, got ${images.columns}.`);
      const data = new Float32Array(images.rows * CLASSES);
      for (let from = 0; from < images.rows; from += BATCH) {
        const rows = rowsBetween(images, from, Math.min(images.rows, from + BATCH));
        data.set(await session.run(Float32Array.from(rows.data, (pixel) => pixel / 255)), from * CLASSES);
        eachBatch(from + rows.rows);
      }
      return { rows: images.rows, columns: CLASSES, data };
    },
    dispose: () => session.dispose(),
  };
}
