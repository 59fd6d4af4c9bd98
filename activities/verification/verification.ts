import type { Agreement } from '../../ml/evaluation/agreement.js';
import type { ExportFormat } from '../../shared/export-formats.js';

/** What came of one file of a model. */
export interface Verification {
  readonly model: string;
  readonly format: ExportFormat;
  /** The file by which a variant answers, one that the run exported, or one that was written to be verified. */
  readonly origin: 'variant' | 'run' | 'now';
  /** Names of what was asked. */
  readonly files?: readonly string[];
  /** `not-written`: the format cannot hold the model. `not-verified`: its runtime is not installed, or does not work. */
  readonly verdict: 'agrees' | 'disagrees' | 'not-verified' | 'not-written';
  /** Name and version; absent where none was asked. */
  readonly runtime?: string;
  readonly agreement?: Agreement;
  /** Of an image, at which the file was asked, since its model's answer is the mean over them. */
  readonly places?: number;
  /** Rows off, each shown to be a tie; and those that are none. */
  readonly ties?: number;
  readonly rowsWithoutTie?: readonly number[];
  /** Of a format that holds weights alone. */
  readonly tensors?: number;
  /** Why there is no agreement, or what the runtime said. */
  readonly reason?: string;
}
