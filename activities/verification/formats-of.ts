import { EXPORT_FORMATS, NETWORK_FORMATS } from '../../shared/export-formats.js';
import type { ExportFormat } from '../../shared/export-formats.js';
import type { RunExport } from '../../shared/exports.js';
import { NETWORK_NAMES } from '../../shared/model-names.js';
import type { ModelResult } from '../../shared/run.js';
import { ownFile } from './model-files.js';

/** The formats that a model can be expected to have, and those that the run has exported it in. */
export function formatsOf(model: ModelResult, exports: readonly RunExport[], wanted: readonly ExportFormat[] | undefined): readonly ExportFormat[] {
  const exported = exports.filter((one) => one.model === model.name && 'artifact' in one).map(({ format }) => format);
  const usual = usualFormats(model, wanted);
  return EXPORT_FORMATS.filter((format) => (usual.includes(format) || exported.includes(format)) && (wanted?.includes(format) ?? true));
}

function usualFormats(model: ModelResult, wanted: readonly ExportFormat[] | undefined): readonly ExportFormat[] {
  const { kind, bases, artifacts } = model;
  if (artifacts['tflite']) return EXPORT_FORMATS.filter((format) => ownFile(model, format));
  if (wanted) return wanted;
  if (NETWORK_NAMES.some((name) => name === kind)) return NETWORK_FORMATS;
  return kind === 'xgboost' && !bases ? ['onnx', 'xgboost'] : ['onnx'];
}
