import { join } from 'node:path';
import { decodeCompressedFile } from '../ml/compression/coding/compressed-file.js';
import { exportEnsemble } from '../ml/export/export-ensemble.js';
import { exportModel } from '../ml/export/export-model.js';
import type { Calibration, ExportedFiles } from '../ml/export/export-model.js';
import { InvalidConfigError, NotFoundError } from '../shared/errors.js';
import { EXPORT_FORMATS } from '../shared/export-formats.js';
import type { ExportFormat } from '../shared/export-formats.js';
import type { ModelResult } from '../shared/run.js';
import type { ArtifactStore } from '../storage/artifact-store.js';
import { writeFileAtomically } from '../storage/write-file-atomically.js';
import { ensembleParts } from './ensemble-parts.js';
import { exportFacts } from './export-facts.js';
import { onlyItsFiles } from './only-its-files.js';

/** How files are written. */
export interface ExportSettings {
  /** What they say of the model's. */
  readonly licence: string;
  /** For formats in int8. */
  readonly calibration?: Calibration;
  /** The run's, of which ensembles and variants are made. */
  readonly models?: readonly ModelResult[];
}

/**
 * A model, an ensemble or a variant of a finished run as the files of a format, outside Temporal and without a trace in the store. A network that
 * was compressed by training keeps the codes and grids that it was trained on.
 * @throws InvalidConfigError for a variant that was quantised after its training, of which there is no network, and an ensemble in another format than ONNX; NotFoundError for an ensemble or a variant of models that are not there; what `exportModel` throws.
 */
export async function exportFiles(store: ArtifactStore, result: ModelResult, format: ExportFormat, { licence, calibration, models = [] }: ExportSettings): Promise<ExportedFiles> {
  const { name, bases, of, artifacts } = result;
  const { model, compressed } = artifacts;
  if (model && bases) {
    if (format !== 'onnx') throw new InvalidConfigError(`${name} is an ensemble (${result.kind}), which can be exported as onnx, not as ${format}.`);
    const { parts, common } = ensembleParts(models, result);
    const facts = exportFacts({ name, input: common ?? { probabilitiesOf: bases }, digest: model.digest, licence });
    const joined = common && (await Promise.all(parts.map(async (part) => ({ name: part.result.name, kind: part.kind, bytes: await bytesOf(store, part.result) }))));
    return exportEnsemble({ bytes: await store.get(model), facts, ...(joined && { bases: joined }) });
  }
  if (!model) throw new InvalidConfigError(onlyItsFiles({ name, of, artifacts }, format));
  const { kind, input } = result.input === undefined ? (models.find((one) => one.name === of) ?? result) : result;
  if (input === undefined) throw new NotFoundError(`${name} is a variant of ${of ?? 'a model'}, of which the run has no record.`);
  return exportModel({
    kind, bytes: await store.get(model), facts: exportFacts({ name, input, digest: model.digest, licence }), ...(calibration && { calibration }),
    ...(compressed && { compressed: decodeCompressedFile(await store.get(compressed)).weights }),
  }, format);
}

async function bytesOf(store: ArtifactStore, { name, artifacts: { model } }: ModelResult): Promise<Uint8Array> {
  if (!model) throw new NotFoundError(`The run keeps no bytes of ${name}.`);
  return store.get(model);
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
