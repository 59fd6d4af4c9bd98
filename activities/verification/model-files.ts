import { unzip } from '../../ml/data/unzip.js';
import type { Calibration, ExportedFiles } from '../../ml/export/export-model.js';
import type { ArtifactRef } from '../../shared/artifact.js';
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
  /** The run's, of which ensembles are made. */
  readonly models: readonly ModelResult[];
  /** What the run itself exported. */
  readonly exports?: readonly RunExport[] | undefined;
  /** Asked for once a format in int8 is to be written. */
  readonly calibration: () => Promise<Calibration>;
}

/** A model's files in a format, or why there are none. */
export interface FormatFiles {
  readonly format: ExportFormat;
  /** The file by which a variant answers, one that the run exported, or one that is written now. */
  readonly origin: 'variant' | 'run' | 'now';
  readonly files: ExportedFiles | string;
}

/**
 * The files of a model: those of a variant that answered in the run, those that the run exported, and of the other formats what is written now.
 * @param formats wanted
 */
export async function* modelFiles(sources: FileSources, model: ModelResult, formats: readonly ExportFormat[]): AsyncGenerator<FormatFiles> {
  const { store, exports = [] } = sources;
  for (const format of formats) {
    const own = ownFile(model, format);
    if (own) yield { format, origin: 'variant', files: { [`${model.name}.${format}`]: await store.get(own) } };
    const found = exports.find((one) => one.model === model.name && one.format === format);
    if (found && 'refused' in found) {
      if (!own) yield { format, origin: 'run', files: found.refused };
    } else if (found && found.artifact.digest !== own?.digest) {
      const bytes = await store.get(found.artifact);
      yield { format, origin: 'run', files: found.file.endsWith('.zip') ? Object.fromEntries(unzip(bytes, found.file)) : { [found.file]: bytes } };
    } else if (!own) yield { format, origin: 'now', files: await writtenNow(sources, model, format) };
  }
}

/** The file by which a variant answers, and the other form of it. */
export function ownFile({ artifacts: { tflite, onnx } }: ModelResult, format: ExportFormat): ArtifactRef | undefined {
  return format === 'tflite' ? tflite : format === 'onnx' && tflite ? onnx : undefined;
}

async function writtenNow({ store, models, calibration }: FileSources, model: ModelResult, format: ExportFormat): Promise<ExportedFiles | string> {
  try {
    return await exportFiles(store, model, format, { licence: 'not stated', models, ...(CALIBRATED_FORMATS.includes(format) && { calibration: await calibration() }) });
  } catch (error) {
    if (error instanceof InvalidModelError || error instanceof InvalidConfigError) return error.message;
    throw error;
  }
}
