import { join } from 'node:path';
import { exportModel } from '../ml/export/export-model.js';
import type { Calibration, ExportedFiles } from '../ml/export/export-model.js';
import { InvalidConfigError } from '../shared/errors.js';
import { EXPORT_FORMATS } from '../shared/export-formats.js';
import type { ExportFormat } from '../shared/export-formats.js';
import type { ModelResult } from '../shared/run.js';
import type { ArtifactStore } from '../storage/artifact-store.js';
import { writeFileAtomically } from '../storage/write-file-atomically.js';
import { exportFacts } from './export-facts.js';

/** How files are written. */
export interface ExportSettings {
  /** What they say of the model's. */
  readonly licence: string;
  /** For formats in int8. */
  readonly calibration?: Calibration;
}

/**
 * A model of a finished run as the files of a format, outside Temporal and without a trace in the store.
 * @throws InvalidConfigError for what is no model of its own (ensembles, variants); what `exportModel` throws.
 */
export async function exportFiles(store: ArtifactStore, { name, kind, input, artifacts }: ModelResult, format: ExportFormat, { licence, calibration }: ExportSettings): Promise<ExportedFiles> {
  const { model } = artifacts;
  if (!model || input === undefined) {
    const files = ['tflite', 'onnx'].filter((role) => artifacts[role]);
    throw new InvalidConfigError(`${name} is ${files.length > 0 ? `a variant whose files there are already (${files.join(', ')}): \`digitloom artifacts --save\` writes them, and export.models names it for other formats` : `an ensemble (${kind}), which is exported by its models`}.`);
  }
  return exportModel({ kind, bytes: await store.get(model), facts: exportFacts({ name, input, digest: model.digest, licence }), ...(calibration && { calibration }) }, format);
}

/** Writes files into a folder, each whole or not at all. */
export async function saveFiles(folder: string, files: ExportedFiles): Promise<void> {
  for (const [name, bytes] of Object.entries(files)) await writeFileAtomically(join(folder, name), bytes, { flush: false });
}

/** @throws InvalidConfigError for a format that there is not. */
export function exportFormat(text: string): ExportFormat {
  const found = EXPORT_FORMATS.find((format) => format === text);
  if (found) return found;
  throw new InvalidConfigError(`--format ${text}: expected some of ${EXPORT_FORMATS.join(', ')}.`);
}
