import type { PairedTest } from '../../shared/metrics.js';
import { verdictOf } from '../export/export-accuracy.js';
import type { Matrix } from '../matrix.js';
import { accuracy } from './accuracy.js';
import { argmaxRows } from './argmax-rows.js';
import { mcnemar } from './mcnemar.js';
import { isSame, probabilityDistance } from './probability-distance.js';

/**
 * When a file of a model agrees with it. `everywhere`: no probability is further off than 1e-4. `almost-everywhere`, for models that
 * jump (trees, neighbours): all but one row in a thousand have the same label and are as near. `accuracy`, for files that round: they keep
 * the accuracy, as the export of a run asks.
 */
export type AgreementRule = 'everywhere' | 'almost-everywhere' | 'accuracy';

/** How far a file is from its model on the same rows. */
export interface Agreement {
  readonly rule: AgreementRule;
  readonly rows: number;
  /** Of any probability. */
  readonly largestDifference: number;
  readonly labelsChanged: number;
  /** Rows with another label, or further off than 1e-4; and the first of them. */
  readonly rowsOff: number;
  readonly firstOff: readonly number[];
  /** Of the model and of the file, in [0, 1]. */
  readonly accuracy: { readonly model: number; readonly file: number };
  readonly paired: PairedTest;
  readonly agrees: boolean;
}

const NAMED = 20;

/**
 * Compares probabilities.
 * @param expected the model's
 * @param given the file's; NaN is far from everything
 */
export function agreement(rule: AgreementRule, expected: Matrix<Float32Array>, given: Matrix<Float32Array>, labels: Uint8Array): Agreement {
  const { rows } = expected;
  const [model, file] = [argmaxRows(expected), argmaxRows(given)];
  const distance = probabilityDistance(expected, given);
  const { largest: largestDifference, labelsChanged, off } = distance;
  const paired = mcnemar({ name: 'model', predicted: model }, { name: 'file', predicted: file }, labels);
  const accuracies = { model: accuracy(model, labels), file: accuracy(file, labels) };
  const agrees = {
    'everywhere': isSame(distance, rows, false),
    'almost-everywhere': isSame(distance, rows, true),
    'accuracy': Number.isFinite(largestDifference) && verdictOf({ rows, ...accuracies, pValue: paired.pValue }) === 'kept',
  }[rule];
  return {
    rule, rows, largestDifference, labelsChanged, rowsOff: off.length, firstOff: off.slice(0, NAMED),
    accuracy: accuracies, paired, agrees,
  };
}
