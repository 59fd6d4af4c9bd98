import { openLiteRt } from '../../native/litert.js';
import { InvalidModelError } from '../../shared/errors.js';
import { CLASSES } from '../models/model.js';
import { pixelWriter, probabilityReader } from './runtime-numbers.js';
import { serveRows } from './serve-rows.js';
import type { OpenedModel } from './serve-rows.js';
import type { ServedModel, ServingOptions } from './served-model.js';

/**
 * Serves a `.tflite` file of a network, in float32 or in int8, in LiteRT with XNNPACK. A single row has one thread; more of them are shared between
 * the threads of each operator, by a second model that is opened when they first come.
 * @throws InvalidModelError when the bytes are no such file.
 * @throws NativeLibraryError when libLiteRt.so is not there.
 */
export function serveTflite(name: string, bytes: Uint8Array, { native, threads = 1 }: ServingOptions): ServedModel {
  const open = (count: number): OpenedModel => opened(name, bytes, native.litert, count);
  return serveRows(name, open(1), threads === 1 ? undefined : () => open(threads));
}

function opened(name: string, bytes: Uint8Array, path: string | undefined, threads: number): OpenedModel {
  const model = openLiteRt(bytes, { path, threads });
  const { inputSize, outputSize, runtime, batches } = model;
  if (outputSize !== CLASSES) {
    model.dispose();
    throw new InvalidModelError(`${name} gives ${outputSize} numbers for an image; expected the probabilities of ${CLASSES} classes.`);
  }
  const write = pixelWriter(model.input);
  const read = probabilityReader(model.output);
  return {
    inputSize, runtime, batches,
    room(rows) {
      const { input, output, run, dispose } = model.buffers(rows);
      return { fill: (x, from) => write(input, x, from), run, read: (data, at) => read(output, data, at), dispose };
    },
    dispose: async () => model.dispose(),
  };
}
