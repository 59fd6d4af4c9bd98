import { NativeLibraryError } from '../shared/errors.js';
import { outCell } from './status-functions.js';
import { copyBytes, readString, withAddresses, withArrayInterface } from './xgboost-library.js';
import type { XgboostLibrary } from './xgboost-library.js';
import type { XgboostMatrix } from './xgboost-matrix.js';

/** A gradient-boosted model in XGBoost's own memory: dispose of it. */
export class XgboostBooster {
  readonly #library: XgboostLibrary;
  #handle: bigint;

  private constructor(library: XgboostLibrary, handle: bigint) {
    this.#library = library;
    this.#handle = handle;
  }

  /** A booster without trees. `cached` are the matrices whose predictions it keeps up to date: training and evaluation. */
  static create(library: XgboostLibrary, parameters: Readonly<Record<string, string | number | boolean>>, cached: readonly XgboostMatrix[] = []): XgboostBooster {
    const handles = BigUint64Array.from(cached, (matrix) => matrix.handle);
    const out = outCell();
    library.call('XGBoosterCreate', handles, handles.length, out);
    const booster = new XgboostBooster(library, out[0] ?? 0n);
    booster.setParameters(parameters);
    return booster;
  }

  setParameters(parameters: Readonly<Record<string, string | number | boolean>>): void {
    for (const [name, value] of Object.entries(parameters)) this.#library.call('XGBoosterSetParam', this.handle, name, String(value));
  }

  /** Writes a word of ours into the model; it is saved with it. */
  setAttribute(name: string, value: string): void {
    this.#library.call('XGBoosterSetAttr', this.handle, name, value);
  }

  /** What `setAttribute` wrote under that name, if anything. */
  attribute(name: string): string | undefined {
    const [address, found] = [outCell(), new Int32Array(new ArrayBuffer(4))];
    this.#library.call('XGBoosterGetAttr', this.handle, name, address, found);
    return found[0] === 1 ? readString(address[0] ?? 0n) : undefined;
  }

  /** Adds one round of trees; the event loop stays free meanwhile. */
  async update(round: number, train: XgboostMatrix): Promise<void> {
    await this.#library.callAsync('XGBoosterUpdateOneIter', this.handle, round, train.handle);
  }

  /** The evaluation metrics of one matrix after `round`, e.g. `{ mlogloss: 0.07 }`. */
  evaluate(round: number, matrix: XgboostMatrix): Record<string, number> {
    const name = Buffer.from('set\0');
    const out = outCell();
    withAddresses([name], (names) => {
      this.#library.call('XGBoosterEvalOneIter', this.handle, round, BigUint64Array.of(matrix.handle), BigUint64Array.from(names), 1, out);
    });
    const metrics = readString(out[0] ?? 0n).matchAll(/set-([^:\s]+):(\S+)/g);
    return Object.fromEntries([...metrics].map(([, metric = '', value]) => [metric, Number(value)]));
  }

  /** Probabilities of dense rows (float32, row-major), without making a matrix of them: [rows, classes]. */
  predict(data: Float32Array, shape: readonly [number, number]): Float32Array {
    const [sides, dimensions, values] = [outCell(), outCell(), outCell()];
    withArrayInterface(data, shape, (json) => {
      this.#library.call('XGBoosterPredictFromDense', this.handle, json, PREDICT_DENSE, 0n, sides, dimensions, values);
    });
    return copyFloats(sides, dimensions, values);
  }

  /** The probabilities of a matrix's rows: [rows, classes]. */
  predictMatrix(matrix: XgboostMatrix): Float32Array {
    const [sides, dimensions, values] = [outCell(), outCell(), outCell()];
    this.#library.call(
      'XGBoosterPredictFromDMatrix', this.handle, matrix.handle, PREDICT, sides, dimensions, values,
    );
    return copyFloats(sides, dimensions, values);
  }

  /** The model in XGBoost's published UBJSON schema: trees and objective, without training parameters. */
  save(): Uint8Array<ArrayBuffer> {
    const [length, address] = [outCell(), outCell()];
    this.#library.call('XGBoosterSaveModelToBuffer', this.handle, '{"format": "ubj"}', length, address);
    return copyBytes(address[0] ?? 0n, Number(length[0]));
  }

  /** The whole state (model and configuration), for training to go on from; only this version of the library reads it. */
  serialize(): Uint8Array<ArrayBuffer> {
    const [length, address] = [outCell(), outCell()];
    this.#library.call('XGBoosterSerializeToBuffer', this.handle, length, address);
    return copyBytes(address[0] ?? 0n, Number(length[0]));
  }

  /** Takes over a saved model. @throws NativeLibraryError when the bytes are none. */
  load(bytes: Uint8Array): void {
    this.#library.call('XGBoosterLoadModelFromBuffer', this.handle, bytes, bytes.length);
  }

  /** Takes over a serialised state. @throws NativeLibraryError when the bytes are none. */
  unserialize(bytes: Uint8Array): void {
    this.#library.call('XGBoosterUnserializeFromBuffer', this.handle, bytes, bytes.length);
  }

  /** A booster of its own with the rounds [0, end). */
  firstRounds(end: number): XgboostBooster {
    const out = outCell();
    this.#library.call('XGBoosterSlice', this.handle, 0, end, 1, out);
    return new XgboostBooster(this.#library, out[0] ?? 0n);
  }

  get rounds(): number {
    const out = new Int32Array(new ArrayBuffer(4));
    this.#library.call('XGBoosterBoostedRounds', this.handle, out);
    return out[0] ?? 0;
  }

  get columns(): number {
    const out = outCell();
    this.#library.call('XGBoosterGetNumFeature', this.handle, out);
    return Number(out[0]);
  }

  /** Importance of the columns that were used, by column number: e.g. the mean gain of the splits on it. */
  featureScores(type: 'gain' | 'weight' | 'cover' | 'total_gain'): Map<number, number> {
    const [count, names, dimensions, shape, scores] = [outCell(), outCell(), outCell(), outCell(), outCell()];
    this.#library.call(
      'XGBoosterFeatureScore', this.handle, JSON.stringify({ importance_type: type }),
      count, names, dimensions, shape, scores,
    );
    const used = Number(count[0]);
    if (used === 0) return new Map();
    const addresses = new BigUint64Array(copyBytes(names[0] ?? 0n, used * 8).buffer);
    const values = new Float32Array(copyBytes(scores[0] ?? 0n, used * 4).buffer);
    return new Map(Array.from(addresses, (address, i) => [Number(readString(address).slice(1)), values[i] ?? 0])); // names are f0, f1, ...
  }

  /** @throws NativeLibraryError when it was disposed of. */
  get handle(): bigint {
    if (this.#handle === 0n) throw new NativeLibraryError('This XGBoost booster was disposed of: load it again.');
    return this.#handle;
  }

  dispose(): void {
    if (this.#handle === 0n) return;
    this.#library.call('XGBoosterFree', this.#handle);
    this.#handle = 0n;
  }
}

const PREDICT = '{"type": 0, "training": false, "iteration_begin": 0, "iteration_end": 0, "strict_shape": true}';
const PREDICT_DENSE = `${PREDICT.slice(0, -1)}, "missing": NaN, "cache_id": 0}`;

function copyFloats(sides: BigUint64Array, dimensions: BigUint64Array, values: BigUint64Array): Float32Array {
  const shape = new BigUint64Array(copyBytes(sides[0] ?? 0n, Number(dimensions[0]) * 8).buffer);
  const count = shape.reduce((product, side) => product * Number(side), 1);
  return new Float32Array(copyBytes(values[0] ?? 0n, count * 4).buffer);
}
