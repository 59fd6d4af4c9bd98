import type { ExportedFiles } from '../../ml/export/export-model.js';
import type { TestRows } from './test-rows.js';

/** What a runtime is asked with. */
export interface RuntimeCall {
  readonly files: ExportedFiles;
  readonly rows: TestRows;
  /** Empty; the runtime's own. */
  readonly folder: string;
  /** Folder of Python packages. */
  readonly python?: string | undefined;
}

/** What it said. */
export interface RuntimeAnswers {
  /** Its name and version. */
  readonly runtime: string;
  /** float32 [rows, 10], row after row. */
  readonly probabilities: Float32Array;
}

/**
 * The reference implementation of a format, asked for the probabilities of all rows.
 * @throws RuntimeMissingError when it is not installed; InvalidModelError when it refuses the files.
 */
export type OfficialRuntime = (call: RuntimeCall) => Promise<RuntimeAnswers>;
