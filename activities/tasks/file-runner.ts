import { Int8Interpreter } from '../../ml/compression/int8-interpreter.js';
import { int8Probabilities } from '../../ml/compression/int8-probabilities.js';
import { readTflite } from '../../ml/export/tflite/read-tflite.js';
import { INT8_RUNTIME } from '../../ml/serving/int8-runtime.js';
import { InternalError, InvalidModelError } from '../../shared/errors.js';
import type { RunnerOf } from './check-network-export.js';
import { onnxProbabilities } from './onnx-probabilities.js';

/** ONNX Runtime for ONNX, our interpreter for int8 `.tflite` files that are chains of its layers. */
export const runnerOf: RunnerOf = (format, files) => {
  const [file] = Object.values(files);
  if (!file) throw new InternalError(`The export as ${format} made no file.`);
  if (format === 'onnx' || format === 'onnx-int8') {
    let runtime = '';
    return {
      runtime: () => runtime,
      async answer(x, { signal, progress }) {
        const found = await onnxProbabilities(file, x, signal, (fraction) => progress({ fraction }));
        ({ runtime } = found);
        return found.proba;
      },
    };
  }
  const interpreter = format === 'tflite-int8' ? interpreterOf(file) : undefined;
  return interpreter && {
    runtime: () => INT8_RUNTIME,
    answer: (x, { signal, progress }) => Promise.resolve(int8Probabilities(interpreter, x, (done) => {
      signal.throwIfAborted();
      progress({ fraction: done / x.rows });
    })),
  };
};

/** Our interpreter runs chains of a few layers; others wait for LiteRT. */
function interpreterOf(file: Uint8Array): Int8Interpreter | undefined {
  const graph = readTflite(file);
  try {
    return new Int8Interpreter(graph);
  } catch (error) {
    if (error instanceof InvalidModelError) return undefined;
    throw error;
  }
}
