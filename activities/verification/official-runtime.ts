import type { ExportedFiles } from '../../ml/export/export-model.js';
import type { TestRows } from './test-rows.js';

/** What a runtime is asked with. */
export interface RuntimeCall {
  readonly files: ExportedFiles;
  /** The model as it was saved; absent for a variant. */
  readonly saved?: Uint8Array | undefined;
  readonly rows: Pick<TestRows, 'values' | 'shape' | 'pixels'>;
  /** Empty; the runtime's own. */
  readonly folder: string;
  /** Folders of Python packages. */
  readonly python?: readonly string[] | undefined;
}

/** What it said: float32 [rows, 10], row after row; or of a format without a computation, how many tensors it found and the names of those that are not the model's. */
export type RuntimeAnswers = { readonly runtime: string } & ({ readonly probabilities: Float32Array } | { readonly tensors: number; readonly differing: readonly string[] });

/**
 * The reference implementation of a format, its name and version and what it makes of the files.
 * @throws RuntimeMissingError when it is not installed or does not start; RuntimeStoppedError when it ends before it has judged; InvalidModelError when it refuses the files.
 */
export type OfficialRuntime = (call: RuntimeCall) => Promise<RuntimeAnswers>;
