import { openOnnxSession } from '../../native/onnxruntime.js';
import { pixelWriter } from './runtime-numbers.js';
import { serveRows } from './serve-rows.js';
import type { OpenedModel } from './serve-rows.js';
import type { ServedModel } from './served-model.js';

/**
 * Serves a file of ONNX that takes rows and gives probabilities, in ONNX Runtime. A single row has one thread; more of them are shared between the
 * threads of each operator, by a session that is opened when they first come.
 * @throws InvalidModelError when the bytes are no such model.
 */
export async function serveOnnx(name: string, bytes: Uint8Array, threads: number): Promise<ServedModel> {
  return serveRows(name, await open(bytes, 1), threads === 1 ? undefined : () => open(bytes, threads));
}

async function open(bytes: Uint8Array, threads: number): Promise<OpenedModel> {
  const session = await openOnnxSession(bytes, { threads });
  const write = pixelWriter({ type: 'float32' });
  return {
    inputSize: session.inputSize, runtime: session.runtime, batches: true,
    room(rows) {
      const { input, output, run } = session.buffers(rows);
      return { fill: (x, from) => write(input, x, from), run, read: (data, at) => data.set(output, at), dispose: () => undefined };
    },
    dispose: () => session.dispose(),
  };
}
