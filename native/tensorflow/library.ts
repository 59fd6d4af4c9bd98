import { existsSync } from 'node:fs';
import { join } from 'node:path';
import koffi from 'koffi';
import type { TypeObject } from 'koffi';
import { NativeLibraryError } from '../../shared/errors.js';

/** Parameters in C, `output` for a TF_Output by value, and what comes back. */
const SIGNATURES = {
  TF_Version: ['const char *', ''],
  TF_NewStatus: ['void *', ''],
  TF_DeleteStatus: ['void', 'void *'],
  TF_GetCode: ['int', 'void *'],
  TF_Message: ['const char *', 'void *'],
  TF_AllocateTensor: ['void *', 'int, void *, int, size_t'],
  TF_DeleteTensor: ['void', 'void *'],
  TF_TensorType: ['int', 'void *'],
  TF_NumDims: ['int', 'void *'],
  TF_Dim: ['int64_t', 'void *, int'],
  TF_TensorByteSize: ['size_t', 'void *'],
  TF_TensorData: ['void *', 'void *'],
  TF_NewGraph: ['void *', ''],
  TF_DeleteGraph: ['void', 'void *'],
  TF_NewOperation: ['void *', 'void *, const char *, const char *'],
  TF_SetDevice: ['void', 'void *, const char *'],
  TF_AddInput: ['void', 'void *, output'],
  TF_AddInputList: ['void', 'void *, void *, int'],
  TF_AddControlInput: ['void', 'void *, void *'],
  TF_SetAttrString: ['void', 'void *, const char *, const char *, size_t'],
  TF_SetAttrInt: ['void', 'void *, const char *, int64_t'],
  TF_SetAttrIntList: ['void', 'void *, const char *, void *, int'],
  TF_SetAttrFloat: ['void', 'void *, const char *, float'],
  TF_SetAttrBool: ['void', 'void *, const char *, uint8_t'],
  TF_SetAttrType: ['void', 'void *, const char *, int'],
  TF_SetAttrTypeList: ['void', 'void *, const char *, void *, int'],
  TF_SetAttrShape: ['void', 'void *, const char *, void *, int'],
  TF_SetAttrTensor: ['void', 'void *, const char *, void *, void *'],
  TF_FinishOperation: ['void *', 'void *, void *'],
  TF_OperationNumOutputs: ['int', 'void *'],
  TF_OperationOutputType: ['int', 'output'],
  TF_GraphGetTensorNumDims: ['int', 'void *, output, void *'],
  TF_GraphGetTensorShape: ['void', 'void *, output, void *, int, void *'],
  TF_AddGradientsWithPrefix: ['void', 'void *, const char *, void *, int, void *, int, void *, void *, void *'],
  TF_NewSessionOptions: ['void *', ''],
  TF_SetConfig: ['void', 'void *, void *, size_t, void *'],
  TF_DeleteSessionOptions: ['void', 'void *'],
  TF_NewSession: ['void *', 'void *, void *, void *'],
  TF_CloseSession: ['void', 'void *, void *'],
  TF_DeleteSession: ['void', 'void *, void *'],
  TF_SessionListDevices: ['void *', 'void *, void *'],
  TF_DeleteDeviceList: ['void', 'void *'],
  TF_DeviceListCount: ['int', 'void *'],
  TF_DeviceListName: ['const char *', 'void *, int, void *'],
  TF_DeviceListType: ['const char *', 'void *, int, void *'],
  TF_DeviceListMemoryBytes: ['int64_t', 'void *, int, void *'],
  TF_SessionRun: ['void', 'void *, void *, void *, void *, int, void *, void *, int, void *, int, void *, void *'],
} as const;
type FunctionName = keyof typeof SIGNATURES;

/** TF_Output: one of an operation's outputs. */
export interface OutputStruct {
  readonly oper: bigint;
  readonly index: number;
}

/** A pointer (null is the null pointer), a number, text, memory that the call reads or writes, or an output. */
type Argument = bigint | null | number | string | ArrayBufferView | OutputStruct;
type Returned = bigint & number & string;
type Bound = ((...args: readonly Argument[]) => Returned) & {
  async(...args: readonly (Argument | ((error: unknown) => void))[]): void;
};

/** TensorFlow's C functions, by their names. */
export interface TensorFlowLibrary {
  /** E.g. `2.21.0`. */
  readonly version: string;
  readonly functions: Readonly<Record<FunctionName, Bound>>;
  /** memcpy of libc: into or out of a tensor's memory. */
  copy(into: bigint | ArrayBufferView, from: bigint | ArrayBufferView, bytes: number): void;
}

const loaded = new Map<string, TensorFlowLibrary>();
let outputType: TypeObject | undefined;

/**
 * Loads libtensorflow_cc.so.2 and libtensorflow_framework.so.2 of a TensorFlow wheel, once a process. Beside tfjs-node built on the
 * same wheel it is the same library, held once. The process must end by `process.exit` when it has run no graph: TensorFlow's own
 * destructors crash else.
 * @param folder where the two files are.
 * @throws NativeLibraryError when the folder is absent, or its files cannot be loaded.
 */
export function loadTensorFlowLibrary(folder: string | undefined): TensorFlowLibrary {
  if (folder === undefined) {
    throw new NativeLibraryError('No folder of libtensorflow_cc.so.2 was given: run `digitloom doctor`, which says how to provision it.');
  }
  const known = loaded.get(folder) ?? bind(folder);
  loaded.set(folder, known);
  return known;
}

function bind(folder: string): TensorFlowLibrary {
  // TensorFlow reads this when it is loaded: 2 keeps errors and drops start-up chatter.
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2';
  const functions = {} as Record<FunctionName, Bound>;
  try {
    const files = ['libtensorflow_framework.so.2', 'libtensorflow_cc.so.2'].map((name) => join(folder, name));
    const missing = files.find((file) => !existsSync(file));
    if (missing !== undefined) throw new Error(`${missing} is not there`);
    koffi.load(files[0] ?? '', { global: true });
    const library = koffi.load(files[1] ?? '');
    outputType ??= koffi.struct('TF_Output', { oper: 'void *', index: 'int' });
    for (const [name, [returns, parameters]] of Object.entries(SIGNATURES)) {
      functions[name as FunctionName] = library.func(`${returns} ${name}(${parameters.replaceAll('output', 'TF_Output')})`) as unknown as Bound;
    }
  } catch (error) {
    throw new NativeLibraryError(`Cannot load TensorFlow from ${folder}: ${(error as Error).message}. Run \`digitloom doctor\` to provision it again.`, { cause: error });
  }
  const memcpy = koffi.load('libc.so.6').func('void *memcpy(void *, const void *, size_t)');
  return { version: functions.TF_Version(), functions, copy: (into, from, bytes) => void memcpy(into, from, bytes) };
}
