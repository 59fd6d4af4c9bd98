import koffi from 'koffi';
import type { LibraryHandle } from 'koffi';
import { NativeLibraryError } from '../shared/errors.js';
import { outCell, statusFunctions } from './status-functions.js';
import type { NativeArgument } from './status-functions.js';

/** The version whose C API is bound here: structures and numbers are those of its headers (`litert/c`). */
export const LITERT_VERSION = '2.3.0';

/** Parameters in C of the functions used; each returns a LiteRtStatus. Handles, addresses and places to write to are all `void *`. */
const SIGNATURES = {
  LiteRtCreateEnvironment: 'int, void *, void *',
  LiteRtCreateModelFromBuffer: 'void *, void *, size_t, void *',
  LiteRtGetModelSignature: 'void *, size_t, void *',
  LiteRtGetNumSignatureInputs: 'void *, void *',
  LiteRtGetNumSignatureOutputs: 'void *, void *',
  LiteRtGetSignatureInputTensorByIndex: 'void *, size_t, void *',
  LiteRtGetSignatureOutputTensorByIndex: 'void *, size_t, void *',
  LiteRtGetRankedTensorType: 'void *, void *',
  LiteRtGetQuantizationTypeId: 'void *, void *',
  LiteRtGetPerTensorQuantization: 'void *, void *',
  LiteRtCreateOptions: 'void *',
  LiteRtSetOptionsHardwareAccelerators: 'void *, int',
  LiteRtCreateOpaqueOptions: 'const char *, void *, void *, void *',
  LiteRtAddOpaqueOptions: 'void *, void *',
  LiteRtCreateCompiledModel: 'void *, void *, void *, void *',
  LiteRtCompiledModelIsFullyAccelerated: 'void *, void *',
  LiteRtCompiledModelResizeInputTensor: 'void *, size_t, size_t, void *, size_t',
  LiteRtCompiledModelGetErrorMessages: 'void *, void *',
  LiteRtCreateTensorBufferFromHostMemory: 'void *, void *, size_t, void *, void *',
  LiteRtRunCompiledModel: 'void *, size_t, size_t, void *, size_t, void *',
} as const;
const DESTROY = ['LiteRtDestroyModel', 'LiteRtDestroyOptions', 'LiteRtDestroyCompiledModel', 'LiteRtDestroyTensorBuffer'] as const;
type LiteRtFunction = keyof typeof SIGNATURES;

/** What its statuses mean that can come up here. */
const STATUS: Readonly<Record<number, string>> = {
  1: 'invalid argument', 2: 'out of memory', 3: 'it failed as it ran', 4: 'an input is missing', 5: 'unsupported', 6: 'not found', 8: 'wrong version',
  500: 'a file cannot be read', 501: 'not a .tflite file', 502: 'a library cannot be loaded', 504: 'it does not compile', 1000: 'an index is out of range',
};

/** The functions of libLiteRt. A status that is not 0 is thrown as what `failed` makes of it, in LiteRT's words. */
export interface LiteRtLibrary {
  /** The environment of the process: the processor alone, XNNPACK with it. */
  readonly environment: bigint;
  call(name: LiteRtFunction, ...args: readonly NativeArgument[]): void;
  /** Calls and gives the handle or number that the function writes where its last argument points. */
  make(name: LiteRtFunction, ...args: readonly NativeArgument[]): bigint;
  destroy(name: (typeof DESTROY)[number], handle: bigint): void;
  /** Options for the part of LiteRT that reads them under that name, as lines `key = value`. LiteRT frees them. */
  opaqueOptions(name: string, lines: string): bigint;
  /** A NUL-terminated string of the library's memory, which is freed. */
  takeString(address: bigint): string;
}

/** A function of LiteRT said no. */
export class LiteRtRefusal extends Error {
  constructor(name: string, code: number) {
    super(`${STATUS[code] ?? 'failed'} (${name}, status ${code})`);
  }
}

const loaded = new Map<string, LiteRtLibrary>();

/**
 * Loads libLiteRt.so (pinned: the wheel `ai-edge-litert`), once a process.
 * @throws NativeLibraryError when the path is absent or the file cannot be loaded.
 */
export function loadLiteRt(path: string | undefined): LiteRtLibrary {
  if (path === undefined) {
    throw new NativeLibraryError('No path of libLiteRt.so was given: run `digitloom doctor`, which says how to provision it.');
  }
  const known = loaded.get(path) ?? bind(path);
  loaded.set(path, known);
  return known;
}

function bind(path: string): LiteRtLibrary {
  try {
    return bound(koffi.load(path));
  } catch (error) {
    throw new NativeLibraryError(`Cannot load LiteRT from ${path}: ${(error as Error).message}. Run \`digitloom doctor\` to provision it again.`, { cause: error });
  }
}

function bound(library: LibraryHandle): LiteRtLibrary {
  const functions = statusFunctions(library, SIGNATURES);
  const destroyers = Object.fromEntries(DESTROY.map((name) => [name, library.func(`void ${name}(void *)`) as unknown as (handle: bigint) => void]));
  // libc's, which libLiteRt is linked to
  const free = library.func('void free(void *)') as unknown as (address: bigint) => void;
  const copyOf = library.func('void *strdup(const char *)') as unknown as (text: string) => bigint;
  const freeAt = koffi.address(library.symbol('free'));

  const call: LiteRtLibrary['call'] = (name, ...args) => {
    const code = functions[name](...args);
    if (code !== 0) throw new LiteRtRefusal(name, code);
  };
  const make: LiteRtLibrary['make'] = (name, ...args) => {
    const out = outCell();
    call(name, ...args, out);
    return out[0] ?? 0n;
  };
  return {
    environment: make('LiteRtCreateEnvironment', 2, environmentOptions([[AUTO_REGISTER, CPU], [MIN_SEVERITY, ERROR]])),
    call,
    make,
    destroy: (name, handle) => destroyers[name]?.(handle),
    opaqueOptions: (name, lines) => make('LiteRtCreateOpaqueOptions', name, copyOf(lines), freeAt),
    takeString(address) {
      const text = koffi.decode.string(address);
      free(address);
      return text;
    },
  };
}

/** Of LiteRtHwAccelerators. */
export const CPU = 1;
const [AUTO_REGISTER, MIN_SEVERITY] = [24, 25]; // of LiteRtEnvOptionTag
const ERROR = 3; // of LiteRtLogSeverity
const ANY_INT = 2; // of LiteRtAnyType

/** Options as an array of LiteRtEnvOption: a tag, then a LiteRtAny of a type and a number, 24 bytes. */
function environmentOptions(options: readonly (readonly [tag: number, value: number])[]): DataView {
  const view = new DataView(new ArrayBuffer(24 * options.length));
  options.forEach(([tag, value], i) => {
    view.setInt32(24 * i, tag, true);
    view.setInt32(24 * i + 8, ANY_INT, true);
    view.setBigInt64(24 * i + 16, BigInt(value), true);
  });
  return view;
}
