import { InvalidDataError } from '../../shared/errors.js';
import { CLASSES } from '../models/model.js';
import type { Digits } from './digits.js';
import { hashOrder } from './hash-order.js';
import { takeRows } from './take-rows.js';

/** One row in seven is for testing, as in MNIST. */
const PARTS = 7;

/**
 * Splits a set that names no test rows six to one, every digit alike, both halves in hash order ({@link hashOrder}).
 * @throws InvalidDataError when no digit has seven images.
 */
export function splitOffTest(digits: Digits, name: string): { train: Digits; test: Digits } {
  const totals = new Uint32Array(CLASSES);
  for (const label of digits.labels) totals[label]++;
  const seen = new Uint32Array(CLASSES);
  const train: number[] = [];
  const test: number[] = [];
  for (const row of hashOrder(digits)) {
    const label = digits.labels[row];
    const half = seen[label]++ < Math.floor(totals[label] / PARTS) ? test : train;
    half.push(row);
  }
  if (test.length === 0) {
    throw new InvalidDataError(`${name}: ${digits.rows} images are too few to keep a seventh of each digit for testing; expected at least ${PARTS} of a digit, or folders train and test.`);
  }
  return { train: takeRows(digits, train), test: takeRows(digits, test) };
}
