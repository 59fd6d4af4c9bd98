import { InvalidDataError } from '../../../shared/errors.js';
import type { Matrix } from '../../matrix.js';
import { CLASSES } from '../../models/model.js';

/** How far a row's sum may be from one: float32 rounding and then some. */
const SUM_TOLERANCE = 1e-3;

/**
 * @param name names the probabilities in errors.
 * @throws InvalidDataError when there is no row, or not one label and ten probabilities a row, a label is no digit, or a probability
 *   is NaN or outside [0, 1], or a row does not sum to one.
 */
export function checkLabelledProbabilities(name: string, { rows, columns, data }: Matrix<Float32Array>, labels: Uint8Array): void {
  if (rows === 0) throw new InvalidDataError(`${name}: no rows; expected at least one.`);
  if (columns !== CLASSES) throw new InvalidDataError(`${name}: ${columns} columns, expected ${CLASSES}, one a digit.`);
  if (labels.length !== rows) throw new InvalidDataError(`${name}: ${rows} rows, but ${labels.length} labels; expected one label a row.`);
  for (let row = 0, at = 0; row < rows; row++) {
    if (labels[row] >= CLASSES) throw new InvalidDataError(`${name}: the label of row ${row} is ${labels[row]}, expected 0 to ${CLASSES - 1}.`);
    let sum = 0;
    for (let k = 0; k < CLASSES; k++, at++) {
      if (!(data[at] >= 0 && data[at] <= 1)) throw new InvalidDataError(`${name}: row ${row} gives class ${k} the probability ${data[at]}, expected a number in [0, 1].`);
      sum += data[at];
    }
    if (Math.abs(sum - 1) > SUM_TOLERANCE) throw new InvalidDataError(`${name}: the probabilities of row ${row} sum to ${sum}, expected 1.`);
  }
}
