import { openOnnxSession } from '../../native/onnxruntime.js';
import { serveRows } from './serve-rows.js';
import type { ServedModel } from './served-model.js';
import { pixelWriter } from './runtime-numbers.js';

/**
 * Serves a file of ONNX that takes rows and gives probabilities, in ONNX Runtime, whose session runs several batches at once.
 * @throws InvalidModelError when the bytes are no such model.
 */
export async function serveOnnx(name: string, bytes: Uint8Array, threads: number): Promise<ServedModel> {
  const session = await openOnnxSession(bytes);
  const write = pixelWriter({ type: 'float32' });
  return serveRows(name, {
    inputSize: session.inputSize, runtime: session.runtime, batches: true,
    room(rows) {
      const { input, output, run } = session.buffers(rows);
      return { fill: (x, from) => write(input, x, from), run, read: (data, at) => data.set(output, at), dispose: () => undefined };
    },
    dispose: () => session.dispose(),
  }, threads);
}
