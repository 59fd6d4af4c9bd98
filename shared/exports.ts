import type { ArtifactRef } from './artifact.js';
import type { ExportFormat } from './export-formats.js';

/** What a run writes of its models for other runtimes. */
export interface ExportConfig {
  readonly enabled: boolean;
  /** Names of models, ensembles and variants; `all`: every one, of a model with several seeds the first. */
  readonly models: 'all' | readonly string[];
  /** A format that cannot hold a model is recorded as refused, with the reason. */
  readonly formats: readonly ExportFormat[];
  /** Training images that fix the ranges of activations in the int8 formats. */
  readonly calibrationImages: number;
  /** What the files say of the models' licence. */
  readonly licence: string;
}

/** How the answers of a file compare with its model's, on the same images. */
export interface ExportAgreement {
  /** What ran the file, e.g. `onnxruntime-node 1.30.0`. */
  readonly runtime: string;
  /** Test images; their labels are not read. */
  readonly rows: number;
  /** Of a probability. */
  readonly largestDifference: number;
  readonly labelsChanged: number;
  /** Rows with another label, or a probability further off than 1e-4: one in 1,000 is allowed of models that jump (trees, neighbours). */
  readonly exceptions: number;
  /** Of a file in few bits, which is judged by it. */
  readonly accuracy?: ExportAccuracy;
  readonly agrees: boolean;
}

/** A file's accuracy beside its model's, on the validation rows. */
export interface ExportAccuracy {
  readonly rows: number;
  readonly model: number;
  readonly file: number;
  /** Of the exact McNemar test. */
  readonly pValue: number;
}

interface ExportOf {
  readonly kind: 'export';
  readonly model: string;
  readonly format: ExportFormat;
}

/** A file that was written. */
export interface WrittenExport extends ExportOf {
  /** Its name; a zip where the format has several files or a folder. */
  readonly file: string;
  readonly bytes: number;
  /** What counts as the size: the constants of C headers, else all files before they are zipped. */
  readonly size: number;
  /** Absent where this process has no runtime for the format. */
  readonly verified?: ExportAgreement;
  /** The runtime by which `digitloom verify` checks it, where this process has none. */
  readonly pending?: string;
  /** What people should know of it. */
  readonly note?: string;
}

/** A model that a format cannot hold. */
export interface RefusedExport extends ExportOf {
  readonly refused: string;
}

/** What became of one model in one format: the JSON artifact `export` of an export step. */
export type ExportRecord = WrittenExport | RefusedExport;

/** As the record of a run has it: with the file in the store, where there is one. */
export type RunExport = (WrittenExport & { readonly artifact: ArtifactRef }) | RefusedExport;
