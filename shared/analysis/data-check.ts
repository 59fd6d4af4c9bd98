import type { GateThresholds } from './gate.js';

/** One check of the validation gate. */
export interface GateCheck {
  /** What was looked at, e.g. `rows of train`. */
  readonly name: string;
  readonly got: number;
  /** The limit in words with its value, e.g. `at least 600`. */
  readonly expected: string;
  readonly passed: boolean;
  /** The setting that holds the limit (`analyse.gate.<setting>`); absent where the limit is fixed. */
  readonly setting?: keyof GateThresholds;
  /** More about what was found, e.g. the digit that is rarest. */
  readonly detail?: string;
  /** What to do when it fails. */
  readonly advice: string;
}

/** What the step check-data found (JSON artifact); a run goes on only when all checks passed. */
export interface DataCheck {
  readonly kind: 'data-check';
  readonly passed: boolean;
  readonly checks: readonly GateCheck[];
}
