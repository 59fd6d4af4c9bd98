import type { ExportFormat } from '../../shared/export-formats.js';
import { cCompiler } from './c-compiler.js';
import type { OfficialRuntime } from './official-runtime.js';
import { pythonRuntime } from './python-runtime.js';
import { safetensorsReader } from './safetensors-reader.js';
import { savedModel } from './saved-model.js';
import { webModel } from './web-model.js';

const onnxRuntime = pythonRuntime('run_onnx');
const liteRt = pythonRuntime('run_tflite');

/** The judge of each format. */
export const RUNTIMES: Readonly<Record<ExportFormat, OfficialRuntime>> = {
  'onnx': onnxRuntime, 'onnx-int8': onnxRuntime,
  'tflite': liteRt, 'tflite-float16': liteRt, 'tflite-dynamic': liteRt, 'tflite-dynamic4': liteRt, 'tflite-int8': liteRt, 'tflite-int8-weights4': liteRt,
  'c': cCompiler, 'c-int8': cCompiler,
  'safetensors': safetensorsReader, 'tfjs': webModel, 'savedmodel': savedModel, 'xgboost': pythonRuntime('run_xgboost'),
};
