import { InvalidDataError } from '../../shared/errors.js';
import type { Matrix } from '../matrix.js';

const SLACK = 1e-5; // a probability in float32 may exceed 1 by rounding

/** @throws InvalidDataError when a number of the matrix is no probability. */
export function checkProbabilities({ columns, data }: Matrix<Float32Array>): void {
  for (let i = 0; i < data.length; i++) {
    if (!(data[i] >= 0 && data[i] <= 1 + SLACK)) {
      throw new InvalidDataError(`The probability of class ${i % columns} in row ${Math.floor(i / columns)} is ${data[i]}: expected a number from 0 to 1.`);
    }
  }
}

/** @throws InvalidDataError when there is no row, probabilities and labels differ in number, a label is no column, or a number is no probability. */
export function checkLabelledProbabilities(proba: Matrix<Float32Array>, labels: Uint8Array): void {
  if (labels.length === 0 || proba.rows !== labels.length) {
    throw new InvalidDataError(`${proba.rows} rows of probabilities for ${labels.length} labels: expected as many, at least one.`);
  }
  const wrong = labels.findIndex((label) => label >= proba.columns);
  if (wrong >= 0) throw new InvalidDataError(`The label of row ${wrong} is ${labels[wrong]}: expected 0 to ${proba.columns - 1}.`);
  checkProbabilities(proba);
}
