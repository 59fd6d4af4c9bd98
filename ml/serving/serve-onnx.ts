import { openOnnxSession } from '../../native/onnxruntime.js';
import type { OnnxSession } from '../../native/onnxruntime.js';
import { serveRows } from './serve-rows.js';
import type { ServedModel } from './served-model.js';
import { pixelWriter } from './runtime-numbers.js';

/**
 * Serves a file of ONNX that takes rows and gives probabilities, in ONNX Runtime. A single row has one thread; more of them are shared between the
 * threads of each operator, by a session that is opened when they first come.
 * @throws InvalidModelError when the bytes are no such model.
 */
export async function serveOnnx(name: string, bytes: Uint8Array, threads: number): Promise<ServedModel> {
  const alone = await openOnnxSession(bytes);
  let shared: OnnxSession | undefined;
  const sessionFor = async (rows: number): Promise<OnnxSession> => (rows === 1 || threads === 1 ? alone : (shared ??= await openOnnxSession(bytes, { threads })));
  const write = pixelWriter({ type: 'float32' });
  return serveRows(name, {
    inputSize: alone.inputSize, runtime: alone.runtime, batches: true,
    async room(rows) {
      const { input, output, run } = (await sessionFor(rows)).buffers(rows);
      return { fill: (x, from) => write(input, x, from), run, read: (data, at) => data.set(output, at), dispose: () => undefined };
    },
    async dispose() {
      await alone.dispose();
      await shared?.dispose();
    },
  });
}
