import { InvalidDataError } from '../../../shared/errors.js';
import type { Matrix } from '../../matrix.js';

/** Predictions of one fold: `rows[i]` is the row of `proba` i. */
export interface FoldPredictions {
  readonly rows: Int32Array;
  readonly proba: Matrix<Float32Array>;
}

/**
 * The out-of-fold probabilities of all rows 0 .. total - 1, in order.
 * @throws InvalidDataError when a row is missing, out of range or predicted twice, or a fold's rows and probabilities differ in number.
 */
export function joinFolds(folds: readonly FoldPredictions[], total: number): Matrix<Float32Array> {
  const columns = folds[0]?.proba.columns ?? 0;
  const data = new Float32Array(total * columns);
  const foldOf = new Int16Array(total).fill(-1);
  for (const [fold, { rows, proba }] of folds.entries()) {
    if (rows.length !== proba.rows || proba.columns !== columns) {
      throw new InvalidDataError(`Fold ${fold}: ${rows.length} rows, but probabilities [${proba.rows}, ${proba.columns}]; expected [${rows.length}, ${columns}].`);
    }
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i];
      if (row < 0 || row >= total) throw new InvalidDataError(`Fold ${fold} predicts row ${row}: expected rows from 0 to ${total - 1}.`);
      if (foldOf[row] !== -1) throw new InvalidDataError(`Row ${row} is predicted in fold ${foldOf[row]} and in fold ${fold}: expected once. Give every fold of one assignment.`);
      foldOf[row] = fold;
      data.set(proba.data.subarray(i * columns, (i + 1) * columns), row * columns);
    }
  }
  const missing = foldOf.indexOf(-1);
  if (missing !== -1) throw new InvalidDataError(`Row ${missing} of ${total} is predicted in none of ${folds.length} folds: expected once. Give every fold of one assignment.`);
  return { rows: total, columns, data };
}
