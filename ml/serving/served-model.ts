import type { NativePaths } from '../../shared/step.js';
import type { Matrix } from '../matrix.js';

/** Where a model is served. */
export interface ServingOptions {
  readonly native: NativePaths;
  /** Threads for more than one batch of rows. @default 1 */
  readonly threads?: number;
}

/** A model in service, whatever computes its answers. */
export interface ServedModel {
  /** What computes its answers, with versions, e.g. `onnxruntime-node 1.30.0`. */
  readonly runtime: string;
  /**
   * Class probabilities, float32 [rows, 10], of pixels (uint8, or float32 in 0..1) or features, as the model reads them.
   * @throws InvalidModelError when the width is not the model's.
   */
  predictProba(x: Matrix): Promise<Matrix<Float32Array>>;
  /** Frees what is held outside the JavaScript heap. */
  dispose(): Promise<void>;
}
