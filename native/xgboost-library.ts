import koffi from 'koffi';
import type { LibraryHandle } from 'koffi';
import { NativeLibraryError } from '../shared/errors.js';
import { statusFunctions, statusInThread } from './status-functions.js';
import type { NativeArgument, StatusFunction } from './status-functions.js';

/** Parameters in C of the functions used; each returns int. Every pointer is `void *`: an address or a typed array is passed. */
const SIGNATURES = {
  XGDMatrixCreateFromDense: 'const char *, const char *, void *',
  XGDMatrixSetDenseInfo: 'void *, const char *, void *, uint64_t, int',
  XGDMatrixFree: 'void *',
  XGBoosterCreate: 'void *, uint64_t, void *',
  XGBoosterFree: 'void *',
  XGBoosterSetParam: 'void *, const char *, const char *',
  XGBoosterSetAttr: 'void *, const char *, const char *',
  XGBoosterGetAttr: 'void *, const char *, void *, void *',
  XGBoosterUpdateOneIter: 'void *, int, void *',
  XGBoosterEvalOneIter: 'void *, int, void *, void *, uint64_t, void *',
  XGBoosterPredictFromDMatrix: 'void *, void *, const char *, void *, void *, void *',
  XGBoosterPredictFromDense: 'void *, const char *, const char *, void *, void *, void *, void *',
  XGBoosterSaveModelToBuffer: 'void *, const char *, void *, void *',
  XGBoosterLoadModelFromBuffer: 'void *, void *, uint64_t',
  XGBoosterSerializeToBuffer: 'void *, void *, void *',
  XGBoosterUnserializeFromBuffer: 'void *, void *, uint64_t',
  XGBoosterBoostedRounds: 'void *, void *',
  XGBoosterGetNumFeature: 'void *, void *',
  XGBoosterSlice: 'void *, int, int, int, void *',
  XGBoosterFeatureScore: 'void *, const char *, void *, void *, void *, void *, void *',
  XGBSetGlobalConfig: 'const char *',
} as const;
export type XgboostFunction = keyof typeof SIGNATURES;

/** The functions of libxgboost, each of which throws NativeLibraryError with the library's own words when it fails. */
export interface XgboostLibrary {
  /** E.g. `3.2.0`. */
  readonly version: string;
  /** Calls and waits. */
  call(name: XgboostFunction, ...args: readonly NativeArgument[]): void;
  /** Calls in another thread: the event loop stays free. The caller keeps what the addresses point to alive. */
  callAsync(name: XgboostFunction, ...args: readonly NativeArgument[]): Promise<void>;
}

const loaded = new Map<string, XgboostLibrary>();

/**
 * Loads libxgboost.so (pinned: the wheel `xgboost-cpu`), once a process. Its OpenMP runtime is found by the library itself, in
 * the folder `xgboost_cpu.libs` beside the package.
 * @throws NativeLibraryError when the path is absent or the file cannot be loaded.
 */
export function loadXgboost(path: string | undefined): XgboostLibrary {
  if (path === undefined) {
    throw new NativeLibraryError('No path of libxgboost.so was given: run `digitloom doctor`, which says how to provision it.');
  }
  const known = loaded.get(path) ?? bind(path);
  loaded.set(path, known);
  return known;
}

const inUse = new Set<ArrayBufferView>();

/** The addresses of typed arrays, while `use` runs: a bare address does not keep its array from being collected. */
export function withAddresses<R>(arrays: readonly ArrayBufferView[], use: (addresses: bigint[]) => R): R {
  for (const array of arrays) inUse.add(array);
  try {
    return use(arrays.map((array) => koffi.address(array)));
  } finally {
    for (const array of arrays) inUse.delete(array);
  }
}

/** A matrix as the C API wants it, while `use` runs: NumPy's array interface in JSON, pointing at the data. */
export function withArrayInterface<R>(data: Float32Array, [rows, columns]: readonly [number, number], use: (json: string) => R): R {
  return withAddresses([data], ([address]) =>
    use(`{"data": [${address}, true], "shape": [${rows}, ${columns}], "typestr": "<f4", "version": 3}`));
}

/** A copy of `length` bytes of the library's memory, which it reuses at its next call. */
export function copyBytes(address: bigint, length: number): Uint8Array<ArrayBuffer> {
  return length === 0 ? new Uint8Array(0) : new Uint8Array(koffi.view(address, length)).slice();
}

/** A NUL-terminated string of the library's memory. */
export function readString(address: bigint): string {
  return koffi.decode.string(address);
}

function bind(path: string): XgboostLibrary {
  let library: LibraryHandle;
  let functions: Readonly<Record<XgboostFunction, StatusFunction>>;
  try {
    library = koffi.load(path);
    functions = statusFunctions(library, SIGNATURES);
  } catch (error) {
    throw new NativeLibraryError(
      `Cannot load XGBoost from ${path}: ${(error as Error).message}. Run \`digitloom doctor\` to provision it again.`,
      { cause: error },
    );
  }
  const lastError = library.func('const char *XGBGetLastError()') as unknown as () => string;
  const failure = (name: XgboostFunction, message: string): NativeLibraryError =>
    new NativeLibraryError(`XGBoost, ${name}: ${message.split('\nStack trace')[0]?.replace(/^\[[\d:]+\] \S+: /, '').trim()}`);

  const call: XgboostLibrary['call'] = (name, ...args) => {
    if (functions[name](...args) !== 0) throw failure(name, lastError());
  };
  call('XGBSetGlobalConfig', '{"verbosity": 0}');
  return {
    version: readVersion(library),
    call,
    async callAsync(name, ...args) {
      if ((await statusInThread(functions[name], args)) === 0) return;
      // The message is kept by the thread that failed, out of reach: the same call made here fails with the same words.
      const again = functions[name](...args);
      throw failure(name, again === 0 ? 'failed in its thread, and not when it was repeated' : lastError());
    },
  };
}

function readVersion(library: LibraryHandle): string {
  const parts = new Int32Array(new ArrayBuffer(12));
  const read = library.func('void XGBoostVersion(void *, void *, void *)') as unknown as (...at: ArrayBufferView[]) => void;
  read(parts.subarray(0, 1), parts.subarray(1, 2), parts.subarray(2, 3));
  return parts.join('.');
}
