import type * as ortTypes from 'onnxruntime-node';
import { InvalidDataError, InvalidModelError, NativeLibraryError } from '../shared/errors.js';

type OnnxRuntime = typeof ortTypes;

export interface OnnxSessionOptions {
  /** Threads of one operator. @default 1 */
  readonly threads?: number;
  /** Rows run at once: memory grows with them. @default 512 */
  readonly batchRows?: number;
  /** Where ONNX Runtime writes the model as it runs it, for a look at what was fused. */
  readonly optimisedModelPath?: string;
}

/** A model in ONNX Runtime that takes rows of float32 and gives rows of float32. */
export interface OnnxSession {
  /** Numbers of one row of its input. */
  readonly inputSize: number;
  /** E.g. `onnxruntime-node 1.30.0`. */
  readonly runtime: string;
  /**
   * Runs `rows.length / inputSize` rows in batches.
   * @param output a name, @default the first that holds float32
   * @returns one array, row after row
   * @throws InvalidDataError when `rows` holds no whole number of rows, or an operator refuses what it gets.
   */
  run(rows: Float32Array, output?: string): Promise<Float32Array>;
  /**
   * Room for so many rows and their answers (the first output of float32), which every run uses again.
   * @throws InvalidModelError when the model does not say how long an answer is.
   */
  buffers(rows: number): OnnxBuffers;
  /** Frees the model's memory; nothing else may be called afterwards. */
  dispose(): Promise<void>;
}

/** Rows that are filled in, run and read where they are: nothing is allocated for an image. One run at a time. */
export interface OnnxBuffers {
  readonly rows: number;
  /** To be filled in before a run, row after row. */
  readonly input: Float32Array;
  /** What the last run gave, row after row. */
  readonly output: Float32Array;
  /** @throws InvalidDataError when an operator refuses what it gets. */
  run(): Promise<void>;
}

/**
 * Opens a model of ONNX. Its only input has the batch first.
 * @throws InvalidModelError when ONNX Runtime refuses the bytes, or its input or outputs are of another kind.
 * @throws NativeLibraryError when ONNX Runtime is not there for this platform.
 */
export async function openOnnxSession(bytes: Uint8Array, { threads = 1, batchRows = 512, optimisedModelPath }: OnnxSessionOptions = {}): Promise<OnnxSession> {
  const ort = await loadOnnxRuntime();
  const session = await ort.InferenceSession.create(bytes, {
    executionProviders: ['cpu'], intraOpNumThreads: threads, interOpNumThreads: 1, executionMode: 'sequential', logSeverityLevel: 3,
    ...(optimisedModelPath !== undefined && { optimizedModelFilePath: optimisedModelPath }),
  }).catch((error: unknown) => {
    throw new InvalidModelError(`ONNX Runtime does not open the model of ${bytes.length} bytes: ${reasonOf(error)}.`, { cause: error });
  });
  const [input, ...others] = session.inputMetadata;
  if (!input?.isTensor || input.type !== 'float32' || others.length > 0) {
    throw new InvalidModelError(`The ONNX model takes ${describe(session.inputMetadata)}; expected one input of float32.`);
  }
  const floats = session.outputMetadata.filter((value) => value.isTensor && value.type === 'float32').map(({ name }) => name);
  if (floats.length === 0) throw new InvalidModelError(`The ONNX model gives ${describe(session.outputMetadata)}; expected an output of float32.`);
  const sides = input.shape.slice(1).map(Number);
  const inputSize = sides.reduce((size, side) => size * side, 1);

  const refused = (rows: number) => (error: unknown): never => {
    throw new InvalidDataError(`ONNX Runtime cannot run ${rows} rows of ${inputSize} numbers: ${reasonOf(error)}.`, { cause: error });
  };
  const feed = (rows: Float32Array): ortTypes.InferenceSession.FeedsType => ({ [input.name]: new ort.Tensor('float32', rows, [rows.length / inputSize, ...sides]) });
  const runBatch = async (rows: Float32Array, output: string): Promise<Float32Array> => {
    const results = await session.run(feed(rows), [output]).catch(refused(rows.length / inputSize));
    return results[output]?.data as Float32Array; // the outputs' type was looked at above
  };

  return {
    inputSize,
    runtime: `onnxruntime-node ${ort.env.versions.node}`,
    async run(rows, output = floats[0] ?? '') {
      if (rows.length === 0 || rows.length % inputSize !== 0) throw new InvalidDataError(`Got ${rows.length} numbers; expected a whole number of rows of ${inputSize}, one at least.`);
      if (!floats.includes(output)) throw new InvalidModelError(`The ONNX model gives ${describe(session.outputMetadata)}; ${output} of float32 was asked for.`);
      const step = batchRows * inputSize;
      if (rows.length <= step) return runBatch(rows, output);
      const parts: Float32Array[] = [];
      for (let from = 0; from < rows.length; from += step) parts.push(await runBatch(rows.subarray(from, from + step), output));
      const all = new Float32Array(parts.reduce((length, part) => length + part.length, 0));
      let at = 0;
      for (const part of parts) {
        all.set(part, at);
        at += part.length;
      }
      return all;
    },
    buffers(rows) {
      const answer = session.outputMetadata.find(({ name }) => name === floats[0]);
      const answerSides = answer?.isTensor ? answer.shape.slice(1).map(Number) : [NaN];
      const answerSize = answerSides.reduce((size, side) => size * side, 1);
      if (!Number.isInteger(answerSize)) throw new InvalidModelError(`The ONNX model does not say how long a row of ${floats[0]} is: its shape is [${answer?.isTensor ? answer.shape.join(', ') : ''}].`);
      const [given, got] = [new Float32Array(rows * inputSize), new Float32Array(rows * answerSize)];
      const [feeds, fetches] = [feed(given), { [floats[0] ?? '']: new ort.Tensor('float32', got, [rows, ...answerSides]) }];
      return { rows, input: given, output: got, run: async () => void (await session.run(feeds, fetches).catch(refused(rows))) };
    },
    dispose: () => session.release(),
  };
}

async function loadOnnxRuntime(): Promise<OnnxRuntime> {
  try {
    return await import('onnxruntime-node');
  } catch (error) {
    throw new NativeLibraryError(`onnxruntime-node cannot be loaded (${reasonOf(error)}). Run \`npm ci\`; it brings ONNX Runtime for Linux, macOS and Windows.`, { cause: error });
  }
}

function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0]?.replace(/\.$/, '') ?? '';
}

function describe(values: readonly ortTypes.InferenceSession.ValueMetadata[]): string {
  return values.map((value) => (value.isTensor ? `${value.name} (${value.type})` : value.name)).join(', ') || 'nothing';
}
