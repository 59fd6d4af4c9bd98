import { serveOnnx } from '../../ml/serving/serve-onnx.js';
import { serveTflite } from '../../ml/serving/serve-tflite.js';
import type { ServedModel } from '../../ml/serving/served-model.js';
import { InternalError } from '../../shared/errors.js';
import type { ExportFormat } from '../../shared/export-formats.js';
import type { NativePaths } from '../../shared/step.js';
import type { RunnerOf } from './check-network-export.js';
import { servedProbabilities } from './served-probabilities.js';

/** ONNX Runtime for ONNX, LiteRT for `.tflite` files where it is there. */
export const fileRunners = (native: NativePaths): RunnerOf => (format, files) => {
  const [file] = Object.values(files);
  if (!file) throw new InternalError(`The export as ${format} made no file.`);
  const serve = serviceOf(format, file, native);
  let runtime = '';
  return serve && {
    runtime: () => runtime,
    async answer(x, { signal, progress }) {
      const found = await servedProbabilities(await serve(), x, signal, (fraction) => progress({ fraction }));
      ({ runtime } = found);
      return found.proba;
    },
  };
};

function serviceOf(format: ExportFormat, file: Uint8Array, native: NativePaths): (() => ServedModel | Promise<ServedModel>) | undefined {
  if (format.startsWith('onnx')) return () => serveOnnx('ONNX model', file, 1);
  return format.startsWith('tflite') && native.litert !== undefined ? () => serveTflite('TFLite model', file, { native }) : undefined;
}
