import { openOnnxSession } from '../../native/onnxruntime.js';
import type { Matrix } from '../matrix.js';
import { serveRows } from './serve-rows.js';
import type { ServedModel } from './served-model.js';

/**
 * Serves a file of ONNX that takes rows and gives probabilities, in ONNX Runtime, whose session runs several batches at once.
 * @throws InvalidModelError when the bytes are no such model.
 */
export async function serveOnnx(name: string, bytes: Uint8Array, threads: number): Promise<ServedModel> {
  const session = await openOnnxSession(bytes);
  return serveRows(name, {
    inputSize: session.inputSize, runtime: session.runtime, batches: true,
    room(rows) {
      const { input, output, run } = session.buffers(rows);
      return { fill: (x, from) => fill(input, x, from), run, read: (data, at) => data.set(output, at), dispose: () => undefined };
    },
    dispose: () => session.dispose(),
  }, threads);
}

/** Rows of a matrix from `from` on as floats, pixels in 0..1, until the input is full. */
function fill(input: Float32Array, { data, columns }: Matrix, from: number): void {
  const start = from * columns;
  if (data instanceof Float32Array) return input.set(data.subarray(start, start + input.length));
  for (let i = 0; i < input.length; i++) input[i] = data[start + i] / 255;
}
