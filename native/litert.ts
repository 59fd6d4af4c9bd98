import { InvalidDataError, InvalidModelError, NativeLibraryError } from '../shared/errors.js';
import { CPU, LITERT_VERSION, LiteRtRefusal, loadLiteRt } from './litert-library.js';
import type { LiteRtLibrary } from './litert-library.js';
import { alignedMemory, inputAndOutput, layoutFor, rowsOf, sidesOf } from './litert-tensor.js';
import type { LiteRtNumbers, LiteRtTensor } from './litert-tensor.js';
import { outCell } from './status-functions.js';

export interface LiteRtOptions {
  /** Path of libLiteRt.so. */
  readonly path: string | undefined;
  /** @default 1 */
  readonly threads?: number;
}

/** A `.tflite` model in LiteRT with XNNPACK, of one input and one output, the batch first. */
export interface LiteRtModel {
  /** Numbers of one row of its input. */
  readonly inputSize: number;
  /** Numbers of one row of its output. */
  readonly outputSize: number;
  readonly input: LiteRtNumbers;
  readonly output: LiteRtNumbers;
  /** Whether it takes more rows than one at once: a file may hold its shapes for one image. */
  readonly batches: boolean;
  /** Whether XNNPACK took every operator; else LiteRT's own kernels compute some. */
  readonly accelerated: boolean;
  /** E.g. `LiteRT 2.3.0, XNNPACK`. */
  readonly runtime: string;
  /**
   * Room for so many rows and their answers, which every run uses again.
   * @throws InvalidDataError when the rows are no whole number from 1 on, or more than one for a file that takes one alone.
   */
  buffers(rows: number): LiteRtBuffers;
  /** Frees the model's memory; a later run is refused. */
  dispose(): void;
}

/** Rows that are filled in, run and read where they are. */
export interface LiteRtBuffers {
  readonly rows: number;
  /** To be filled in before a run, row after row, in the input's numbers. */
  readonly input: Float32Array | Int8Array;
  /** What the last run gave, row after row, in the output's numbers. */
  readonly output: Float32Array | Int8Array;
  /**
   * Runs in this thread, and in as many more as the model was opened with: the way into another one takes as long as a row, and cores stand idle
   * meanwhile.
   * @throws InvalidDataError when an operator refuses what it gets.
   * @throws NativeLibraryError when these buffers or the model were disposed of.
   */
  run(): void;
  /** Frees what LiteRT knows of them; the model's own `dispose` does it too. */
  dispose(): void;
}

/**
 * Opens a `.tflite` file.
 * @throws InvalidModelError when LiteRT refuses the bytes, or its inputs and outputs are of another kind.
 * @throws NativeLibraryError when libLiteRt.so cannot be loaded.
 */
export function openLiteRt(bytes: Uint8Array, { path, threads = 1 }: LiteRtOptions): LiteRtModel {
  const library = loadLiteRt(path);
  const file = alignedMemory(bytes.length);
  file.set(bytes);
  const made: { readonly file: Uint8Array; model?: bigint; compiled?: bigint } = { file }; // LiteRT reads the file where it is, as long as the model lives
  const free = (): void => {
    if (made.compiled !== undefined) library.destroy('LiteRtDestroyCompiledModel', made.compiled);
    if (made.model !== undefined) library.destroy('LiteRtDestroyModel', made.model);
  };
  try {
    made.model = library.make('LiteRtCreateModelFromBuffer', library.environment, file, file.length);
    const [input, output] = inputAndOutput(library, made.model);
    made.compiled = compile(library, made.model, threads);
    return opened(library, made.compiled, input, output, free);
  } catch (error) {
    free();
    if (!(error instanceof LiteRtRefusal)) throw error;
    throw new InvalidModelError(`LiteRT does not open the model of ${bytes.length} bytes: ${error.message}.`, { cause: error });
  }
}

const KEEP_MESSAGES = 2; // of LiteRtErrorReporterMode

/** XNNPACK, and what it leaves to LiteRT's own kernels, have options of their own. */
function compile(library: LiteRtLibrary, model: bigint, threads: number): bigint {
  const options = library.make('LiteRtCreateOptions');
  const set = (name: string, line: string): void => library.call('LiteRtAddOpaqueOptions', options, library.opaqueOptions(name, `${line}\n`));
  try {
    library.call('LiteRtSetOptionsHardwareAccelerators', options, CPU);
    for (const name of ['xnnpack', 'cpu_delegate']) set(name, `num_threads = ${threads}`);
    set('runtime_options_string', `error_reporter_mode = ${KEEP_MESSAGES}`);
    return library.make('LiteRtCreateCompiledModel', library.environment, model, options);
  } finally {
    library.destroy('LiteRtDestroyOptions', options);
  }
}

/** Numbers that LiteRT reads or writes where they are, and its handle of them. */
interface Lent {
  readonly numbers: Float32Array | Int8Array;
  readonly handle: BigUint64Array;
}

function opened(library: LiteRtLibrary, compiled: bigint, input: LiteRtTensor, output: LiteRtTensor, free: () => void): LiteRtModel {
  const lent = new Set<Lent>(); // kept here, so that nothing of them is collected while LiteRT knows of it
  let open = true;
  let shapedFor = 0;
  const shape = (rows: number): void => {
    if (shapedFor === rows) return;
    shapedFor = 0;
    const sides = sidesOf(layoutFor(input, rows));
    library.call('LiteRtCompiledModelResizeInputTensor', compiled, 0, 0, sides, sides.length);
    shapedFor = rows;
  };
  const batches = holds(() => shape(2));

  const lend = (tensor: LiteRtTensor, rows: number): Lent => {
    const { bytes, numbers } = rowsOf(tensor, rows);
    const handle = outCell();
    library.call('LiteRtCreateTensorBufferFromHostMemory', layoutFor(tensor, rows), bytes, bytes.length, null, handle);
    const made = { numbers, handle };
    lent.add(made);
    return made;
  };
  const takeBack = (one: Lent): void => {
    if (lent.delete(one)) library.destroy('LiteRtDestroyTensorBuffer', one.handle[0] ?? 0n);
  };
  const execute = (rows: number, from: Lent, to: Lent): void => {
    if (!lent.has(from)) throw new NativeLibraryError('This LiteRT model was disposed of, or these buffers of it: open it again.');
    try {
      if (batches) shape(rows);
      library.call('LiteRtRunCompiledModel', compiled, 0, 1, from.handle, 1, to.handle);
    } catch (error) {
      if (!(error instanceof LiteRtRefusal)) throw error;
      const said = library.takeString(library.make('LiteRtCompiledModelGetErrorMessages', compiled)).trim().split('\n').join('; ');
      throw new InvalidDataError(`LiteRT cannot run ${rows} rows of ${input.size} numbers: ${error.message}${said && `: ${said}`}.`, { cause: error });
    }
  };

  const fully = new Uint8Array(new ArrayBuffer(1));
  library.call('LiteRtCompiledModelIsFullyAccelerated', compiled, fully);
  return {
    inputSize: input.size, outputSize: output.size, input: input.numbers, output: output.numbers, batches, accelerated: fully[0] === 1, runtime: `LiteRT ${LITERT_VERSION}, XNNPACK`,
    buffers(rows) {
      if (!open) throw new NativeLibraryError('This LiteRT model was disposed of: open it again.');
      if (!Number.isInteger(rows) || rows < 1) throw new InvalidDataError(`Got ${rows} rows; expected a whole number, one at least.`);
      if (rows > 1 && !batches) throw new InvalidDataError(`Got ${rows} rows; the shapes in the .tflite file are of one: run it row by row, or write it with a free batch.`);
      const [from, to] = [lend(input, rows), lend(output, rows)];
      return {
        rows, input: from.numbers, output: to.numbers,
        run: () => execute(rows, from, to),
        dispose() {
          takeBack(from);
          takeBack(to);
        },
      };
    },
    dispose() {
      if (!open) return;
      open = false;
      for (const one of [...lent]) takeBack(one);
      free();
    },
  };
}

/** Whether LiteRT does something, or refuses. */
function holds(something: () => void): boolean {
  try {
    something();
    return true;
  } catch (error) {
    if (error instanceof LiteRtRefusal) return false;
    throw error;
  }
}
