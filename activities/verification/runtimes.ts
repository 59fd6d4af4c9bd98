import type { ExportFormat } from '../../shared/export-formats.js';
import { InvalidConfigError } from '../../shared/errors.js';
import { cCompiler } from './c-compiler.js';
import type { OfficialRuntime } from './official-runtime.js';
import { pythonRuntime } from './python-runtime.js';

const liteRt = pythonRuntime('run_tflite');

/** The judge of each format. */
export const RUNTIMES = {
  'onnx': pythonRuntime('run_onnx'),
  'tflite': liteRt, 'tflite-float16': liteRt, 'tflite-dynamic': liteRt, 'tflite-dynamic4': liteRt,
  'c': cCompiler, 'c-int8': cCompiler,
} as const satisfies Partial<Record<ExportFormat, OfficialRuntime>>;

/** A format that has a judge. */
export type VerifiedFormat = keyof typeof RUNTIMES;

/** Those formats, in the order of a table. */
export const VERIFIED_FORMATS = Object.keys(RUNTIMES) as VerifiedFormat[];

/** @throws InvalidConfigError for a format that there is not, or that has no judge. */
export function verifiedFormat(text: string): VerifiedFormat {
  const found = VERIFIED_FORMATS.find((format) => format === text);
  if (found) return found;
  throw new InvalidConfigError(`--format ${text}: expected some of ${VERIFIED_FORMATS.join(', ')}.`);
}
