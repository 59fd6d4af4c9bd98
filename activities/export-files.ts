import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exportModel } from '../ml/export/export-model.js';
import type { ExportedFiles } from '../ml/export/export-model.js';
import { PIXELS_TO_UNIT } from '../ml/export/export-metadata.js';
import { CLASSES } from '../ml/models/model.js';
import { InvalidConfigError } from '../shared/errors.js';
import { EXPORT_FORMATS } from '../shared/export-formats.js';
import type { ExportFormat } from '../shared/export-formats.js';
import type { ModelResult } from '../shared/run.js';
import type { ArtifactStore } from '../storage/artifact-store.js';
import { writeFileAtomically } from '../storage/write-file-atomically.js';

/** What goes in where a model reads no pixels. */
const AS_EXTRACTED = { words: 'Feature columns as they are extracted, in the order of the model\'s families.', scale: 1, offset: 0 };

/**
 * A model of a finished run as the files of a format, outside Temporal and without a trace in the store.
 * @param licence what the files say of the model's licence
 * @throws InvalidConfigError for what is no model of its own (ensembles, variants); what `exportModel` throws.
 */
export async function exportFiles(store: ArtifactStore, { name, kind, input, artifacts }: ModelResult, format: ExportFormat, licence: string): Promise<ExportedFiles> {
  const { model } = artifacts;
  if (!model || input === undefined) throw new InvalidConfigError(`${name} is ${artifacts['tflite'] ? 'a .tflite file already: `digitloom artifacts --save` writes it' : `an ensemble (${kind}), which is exported by its models`}.`);
  const isOfPixels = typeof input === 'string';
  return exportModel({
    kind, bytes: await store.get(model),
    facts: {
      name, labels: Array.from({ length: CLASSES }, (_, digit) => String(digit)),
      input: isOfPixels ? `float32 images of 28 x 28 pixels${input === 'deskewed' ? ', made upright' : ''}` : `float32 feature columns of ${input.join(', ')}`,
      normalisation: isOfPixels ? PIXELS_TO_UNIT : AS_EXTRACTED,
      trainingDigest: model.digest, licence, version: packageVersion(),
    },
  }, format);
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

function packageVersion(): string {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { readonly version: string };
  return version;
}
