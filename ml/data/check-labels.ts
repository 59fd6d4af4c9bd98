import { InvalidDataError } from '../../shared/errors.js';
import { CLASSES } from '../models/model.js';

/**
 * The labels as bytes.
 * @throws InvalidDataError naming the first that is not a whole number in 0..9, or when there are none.
 */
export function checkLabels(values: ArrayLike<number | bigint>, name: string): Uint8Array {
  if (values.length === 0) throw new InvalidDataError(`${name}: no labels; expected at least one.`);
  const labels = values instanceof Uint8Array ? values : Uint8Array.from(values, Number);
  for (let row = 0; row < values.length; row++) {
    const value = Number(values[row]);
    if (!(value >= 0 && value < CLASSES && Number.isInteger(value))) {
      throw new InvalidDataError(`${name}: label ${value} in row ${row}; expected whole numbers from 0 to ${CLASSES - 1}.`);
    }
  }
  return labels;
}
