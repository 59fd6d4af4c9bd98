import { EXPORT_FORMATS, NETWORK_FORMATS } from '../../shared/export-formats.js';
import type { ExportFormat } from '../../shared/export-formats.js';
import type { RunExport } from '../../shared/exports.js';
import { NETWORK_NAMES } from '../../shared/model-names.js';
import type { ModelResult } from '../../shared/run.js';
import { ownFile } from './model-files.js';

/** The formats that are wanted; else those that a model can be expected to have, and those that the run has exported it in. */
export function formatsOf(model: ModelResult, exports: readonly RunExport[], wanted?: readonly ExportFormat[]): readonly ExportFormat[] {
  const exported = exports.filter((one) => one.model === model.name && 'artifact' in one).map(({ format }) => format);
  const formats = wanted ?? [...usualFormats(model), ...exported];
  return EXPORT_FORMATS.filter((format) => formats.includes(format));
}

function usualFormats(model: ModelResult): readonly ExportFormat[] {
  const { kind, bases, artifacts } = model;
  if (artifacts['tflite']) return EXPORT_FORMATS.filter((format) => ownFile(model, format));
  if (NETWORK_NAMES.some((name) => name === kind)) return NETWORK_FORMATS;
  return kind === 'xgboost' && !bases ? ['onnx', 'xgboost'] : ['onnx'];
}
