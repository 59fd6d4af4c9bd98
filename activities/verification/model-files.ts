import { unzip } from '../../ml/data/unzip.js';
import type { Calibration, ExportedFiles } from '../../ml/export/export-model.js';
import { InvalidConfigError, InvalidModelError } from '../../shared/errors.js';
import { CALIBRATED_FORMATS } from '../../shared/export-formats.js';
import type { ExportFormat } from '../../shared/export-formats.js';
import type { RunExport } from '../../shared/exports.js';
import type { ModelResult } from '../../shared/run.js';
import type { ArtifactStore } from '../../storage/artifact-store.js';
import { exportFiles } from '../export-files.js';

/** Where files of models come from. */
export interface FileSources {
  readonly store: ArtifactStore;
  /** What the run itself exported. */
  readonly exports?: readonly RunExport[] | undefined;
  /** Asked for once a format in int8 is to be written. */
  readonly calibration: () => Promise<Calibration>;
}

/**
 * The files of a model in a format: those of a variant, else those that the run exported, else written now. Gives the reason where the format
 * cannot hold the model.
 */
export async function modelFiles({ store, exports = [], calibration }: FileSources, model: ModelResult, format: ExportFormat): Promise<ExportedFiles | string> {
  const { tflite, onnx } = model.artifacts;
  const own = format === 'tflite' ? tflite : tflite && onnx;
  if (own) return { [`${model.name}.${format}`]: await store.get(own) };
  const found = exports.find((one) => one.model === model.name && one.format === format);
  if (found && 'refused' in found) return found.refused;
  if (found) {
    const bytes = await store.get(found.artifact);
    return found.file.endsWith('.zip') ? Object.fromEntries(unzip(bytes, found.file)) : { [found.file]: bytes };
  }
  try {
    return await exportFiles(store, model, format, { licence: 'not stated', ...(CALIBRATED_FORMATS.includes(format) && { calibration: await calibration() }) });
  } catch (error) {
    if (error instanceof InvalidModelError || error instanceof InvalidConfigError) return error.message;
    throw error;
  }
}
