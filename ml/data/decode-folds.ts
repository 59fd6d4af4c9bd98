import { InvalidDataError } from '../../shared/errors.js';
import type { StepInput } from '../../shared/step.js';
import type { FoldPredictions } from '../analysis/labels/join-folds.js';
import { decodeProbabilities } from './decode-probabilities.js';
import { decodeNpy } from './npy.js';

/**
 * What the steps `fold-<kind>` put out, by the roles `rows` and `proba`, the folds in the same order in both.
 * @throws InvalidDataError when one of them lacks a fold, or is of another type.
 */
export function decodeFolds({ rows = [], proba = [] }: StepInput['inputs']): FoldPredictions[] {
  if (rows.length !== proba.length) throw new InvalidDataError(`${rows.length} folds of rows, but ${proba.length} of probabilities: expected both of every fold.`);
  return rows.map((bytes, fold) => ({ rows: decodeRows(bytes, fold), proba: decodeProbabilities(`fold ${fold}`, proba[fold]) }));
}

function decodeRows(bytes: Uint8Array, fold: number): Int32Array {
  const { data } = decodeNpy(bytes, `rows of fold ${fold}`);
  if (data instanceof Int32Array) return data;
  throw new InvalidDataError(`Rows of fold ${fold}: expected int32, got ${data.constructor.name}.`);
}
