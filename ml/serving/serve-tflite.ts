import { openLiteRt } from '../../native/litert.js';
import type { LiteRtModel } from '../../native/litert.js';
import { InvalidModelError } from '../../shared/errors.js';
import { CLASSES } from '../models/model.js';
import { serveRows } from './serve-rows.js';
import type { ServedModel, ServingOptions } from './served-model.js';
import { pixelWriter, probabilityReader } from './runtime-numbers.js';

/**
 * Serves a `.tflite` file of a network, in float32 or in int8, in LiteRT with XNNPACK; a thread of batches has a model of its own.
 * @throws InvalidModelError when the bytes are no such file.
 * @throws NativeLibraryError when libLiteRt.so is not there.
 */
export function serveTflite(name: string, bytes: Uint8Array, { native, threads = 1 }: ServingOptions): ServedModel {
  const open = (): LiteRtModel => openLiteRt(bytes, { path: native.litert });
  const first = open();
  const models = [first];
  const { inputSize, outputSize, runtime, batches } = first;
  if (outputSize !== CLASSES) {
    first.dispose();
    throw new InvalidModelError(`${name} gives ${outputSize} numbers for an image; expected the probabilities of ${CLASSES} classes.`);
  }
  const write = pixelWriter(first.input);
  const read = probabilityReader(first.output);
  return serveRows(name, {
    inputSize, runtime, batches,
    room(rows, lane) {
      const { input, output, run, dispose } = (models[lane] ??= open()).buffers(rows);
      return { fill: (x, from) => write(input, x, from), run, read: (data, at) => read(output, data, at), dispose };
    },
    dispose: async () => {
      for (const model of models) model?.dispose(); // a lane that had nothing to do has none
    },
  }, threads);
}
