import { openLiteRt } from '../../native/litert.js';
import type { LiteRtModel } from '../../native/litert.js';
import { InvalidModelError } from '../../shared/errors.js';
import { CLASSES } from '../models/model.js';
import { serveRows } from './serve-rows.js';
import type { ServedModel, ServingOptions } from './served-model.js';
import { pixelWriter, probabilityReader } from './runtime-numbers.js';

/**
 * Serves a `.tflite` file of a network, in float32 or in int8, in LiteRT with XNNPACK. A single row has one thread; more of them are shared between
 * the threads of each operator, by a second model that is opened when they first come.
 * @throws InvalidModelError when the bytes are no such file.
 * @throws NativeLibraryError when libLiteRt.so is not there.
 */
export function serveTflite(name: string, bytes: Uint8Array, { native, threads = 1 }: ServingOptions): ServedModel {
  const alone = openLiteRt(bytes, { path: native.litert });
  let shared: LiteRtModel | undefined;
  const modelFor = (rows: number): LiteRtModel => (rows === 1 || threads === 1 ? alone : (shared ??= openLiteRt(bytes, { path: native.litert, threads })));
  const { inputSize, outputSize, runtime, batches } = alone;
  if (outputSize !== CLASSES) {
    alone.dispose();
    throw new InvalidModelError(`${name} gives ${outputSize} numbers for an image; expected the probabilities of ${CLASSES} classes.`);
  }
  const write = pixelWriter(alone.input);
  const read = probabilityReader(alone.output);
  return serveRows(name, {
    inputSize, runtime, batches,
    room(rows) {
      const { input, output, run, dispose } = modelFor(rows).buffers(rows);
      return { fill: (x, from) => write(input, x, from), run, read: (data, at) => read(output, data, at), dispose };
    },
    dispose: async () => {
      alone.dispose();
      shared?.dispose();
    },
  });
}
