import { InvalidDataError, InvalidModelError } from '../../shared/errors.js';
import { checkLabelledProbabilities } from '../analysis/labels/check-labelled-probabilities.js';
import type { Matrix } from '../matrix.js';
import { CLASSES } from '../models/model.js';
import type { Bases } from './ensemble.js';

/**
 * What every ensemble checks before it fits.
 * @throws InvalidDataError for fewer than two bases, two of one name, other rows than labels, or what are no probabilities.
 */
export function checkBases({ names, probabilities }: Bases, labels: Uint8Array): void {
  if (names.length !== probabilities.length) throw new InvalidDataError(`${names.length} bases are named, but there are probabilities of ${probabilities.length}: give those of each.`);
  if (names.length < 2) throw new InvalidDataError(`An ensemble of ${names.length === 1 ? `${names[0]} alone` : 'no model'}: expected at least two bases.`);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new InvalidDataError(`Two bases are named ${twice}: expected different names.`);
  for (const [i, name] of names.entries()) checkLabelledProbabilities(`Base ${name}`, probabilities[i], labels);
}

/**
 * What every ensemble checks before it answers.
 * @param names the bases it was fitted on.
 * @throws InvalidModelError when there is another number of bases; InvalidDataError when their rows differ, or are no classes'.
 */
export function checkAnswers(method: string, names: readonly string[], probabilities: readonly Matrix<Float32Array>[]): void {
  if (probabilities.length !== names.length) {
    throw new InvalidModelError(`This ${method} was fitted on ${names.length} bases (${names.join(', ')}), got ${probabilities.length}: give the probabilities of each, in this order.`);
  }
  for (const [i, { rows, columns }] of probabilities.entries()) {
    if (columns !== CLASSES) throw new InvalidDataError(`Base ${names[i]} has ${columns} columns, expected ${CLASSES}, one a digit.`);
    if (rows !== probabilities[0].rows) throw new InvalidDataError(`Base ${names[i]} has ${rows} rows, but ${names[0]} has ${probabilities[0].rows}.`);
  }
}
