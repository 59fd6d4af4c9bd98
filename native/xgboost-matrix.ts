import { NativeLibraryError } from '../shared/errors.js';
import { outCell } from './status-functions.js';
import { withArrayInterface } from './xgboost-library.js';
import type { XgboostLibrary } from './xgboost-library.js';

const FLOAT32 = 1; // the C API's number for the type of the labels

/** Rows (float32, row-major) and labels in XGBoost's own form, outside the JavaScript heap: dispose of it. */
export class XgboostMatrix {
  readonly rows: number;
  readonly #library: XgboostLibrary;
  #handle: bigint;

  /**
   * Copies the rows into the library.
   * @param labels classes, whole numbers from 0; absent for rows that are only predicted.
   * @throws NativeLibraryError when the library refuses them.
   */
  constructor(library: XgboostLibrary, data: Float32Array, shape: readonly [number, number], labels?: Uint8Array, threads = 1) {
    const handle = outCell();
    const config = `{"missing": NaN, "nthread": ${threads}}`; // NaN is XGBoost's own extension of JSON
    withArrayInterface(data, shape, (json) => library.call('XGDMatrixCreateFromDense', json, config, handle));
    this.rows = shape[0];
    this.#library = library;
    this.#handle = handle[0] ?? 0n;
    if (labels) this.#setLabels(labels);
  }

  /** @throws NativeLibraryError when it was disposed of. */
  get handle(): bigint {
    if (this.#handle === 0n) throw new NativeLibraryError('This XGBoost matrix was disposed of: make a new one.');
    return this.#handle;
  }

  dispose(): void {
    if (this.#handle === 0n) return;
    this.#library.call('XGDMatrixFree', this.#handle);
    this.#handle = 0n;
  }

  #setLabels(labels: Uint8Array): void {
    const floats = Float32Array.from(labels);
    this.#library.call('XGDMatrixSetDenseInfo', this.#handle, 'label', floats, floats.length, FLOAT32);
  }
}
