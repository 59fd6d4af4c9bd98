import { encodeNpz } from '../../ml/data/npz.js';
import { constantBytesOf } from '../../ml/export/c/constant-bytes.js';
import type { ExportedFiles } from '../../ml/export/export-model.js';
import { MEDIA } from '../../shared/artifact.js';
import { InternalError, InvalidConfigError, InvalidModelError } from '../../shared/errors.js';
import type { ExportFormat } from '../../shared/export-formats.js';
import type { RefusedExport, WrittenExport } from '../../shared/exports.js';
import type { StepOutput } from '../../shared/step.js';
import { jsonArtifact } from './json-artifact.js';

/** A model and the format that it is written in. */
export interface ExportedAs {
  readonly model: string;
  readonly format: ExportFormat;
}

/** What is known of a written file beside its bytes. */
export type Checked = Pick<WrittenExport, 'verified' | 'pending' | 'note'>;

/** The files of a format, or why it cannot hold the model. */
export function writtenOrRefused(write: () => ExportedFiles): ExportedFiles | { readonly refused: string } {
  try {
    return write();
  } catch (error) {
    if (error instanceof InvalidModelError || error instanceof InvalidConfigError) return { refused: error.message };
    throw error;
  }
}

/** Whether a format refused its model. */
export function isRefused(written: ExportedFiles | Pick<RefusedExport, 'refused'>): written is Pick<RefusedExport, 'refused'> {
  return typeof written['refused'] === 'string';
}

/** Outputs of an export step: `file`, one file or the zip of several, and `export`, its record. */
export function exportedOutput({ model, format }: ExportedAs, files: ExportedFiles, checked: Checked): StepOutput {
  const [file, bytes] = asOneFile(model, format, files);
  const record: WrittenExport = { kind: 'export', model, format, file, bytes: bytes.length, size: sizeOf(format, files), ...checked };
  return { outputs: { file: { bytes, mediaType: mediaTypeOf(file) }, export: jsonArtifact(record) }, summary: { format, file, bytes: bytes.length } };
}

/** Outputs of an export step whose format cannot hold its model: `export` alone. */
export function refusedOutput({ model, format }: ExportedAs, refused: string): StepOutput {
  const record: RefusedExport = { kind: 'export', model, format, refused };
  return { outputs: { export: jsonArtifact(record) }, summary: { format } };
}

function asOneFile(model: string, format: ExportFormat, files: ExportedFiles): [name: string, bytes: Uint8Array] {
  const [first, ...others] = Object.entries(files);
  if (!first) throw new InternalError(`The export of ${model} as ${format} made no file.`);
  return others.length === 0 && !first[0].includes('/') ? first : [`${model}-${format}.zip`, encodeNpz(files, { deflate: true })];
}

function sizeOf(format: ExportFormat, files: ExportedFiles): number {
  const header = format === 'c' || format === 'c-int8' ? Object.entries(files).find(([name]) => name.endsWith('.h'))?.[1] : undefined;
  return header ? constantBytesOf(new TextDecoder().decode(header)) : Object.values(files).reduce((sum, { length }) => sum + length, 0);
}

function mediaTypeOf(file: string): string {
  if (file.endsWith('.onnx')) return MEDIA.onnx;
  if (file.endsWith('.tflite')) return MEDIA.tflite;
  if (file.endsWith('.safetensors')) return MEDIA.safetensors;
  return file.endsWith('.zip') ? MEDIA.zip : MEDIA.binary;
}
