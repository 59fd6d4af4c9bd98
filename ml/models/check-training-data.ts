import { InvalidDataError } from '../../shared/errors.js';
import type { LabelledMatrix } from '../matrix.js';
import { CLASSES } from './model.js';

/**
 * What every kind of model checks before it fits.
 * @throws InvalidDataError for an empty training set, a label out of range or missing, NaN or infinity, or two widths.
 */
export function checkTrainingData(train: LabelledMatrix, validation: LabelledMatrix): void {
  if (train.x.rows === 0 || train.x.columns === 0) {
    throw new InvalidDataError(`Cannot fit on ${train.x.rows} rows of ${train.x.columns} columns: give at least one of each.`);
  }
  if (validation.x.rows > 0 && validation.x.columns !== train.x.columns) {
    throw new InvalidDataError(`Training rows have ${train.x.columns} columns, validation rows ${validation.x.columns}.`);
  }
  checkSet('training', train);
  checkSet('validation', validation);
}

function checkSet(name: string, { x, labels }: LabelledMatrix): void {
  if (labels.length !== x.rows) throw new InvalidDataError(`${x.rows} ${name} rows, but ${labels.length} labels.`);
  for (let row = 0; row < labels.length; row++) {
    if (labels[row] >= CLASSES) {
      throw new InvalidDataError(`The label of ${name} row ${row} is ${labels[row]}: expected 0 to ${CLASSES - 1}.`);
    }
  }
  if (x.data instanceof Uint8Array) return;
  for (let i = 0; i < x.data.length; i++) {
    if (!Number.isFinite(x.data[i])) {
      const row = Math.floor(i / x.columns);
      throw new InvalidDataError(`Column ${i - row * x.columns} of ${name} row ${row} is ${x.data[i]}: expected finite numbers.`);
    }
  }
}
