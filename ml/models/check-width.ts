import { InvalidModelError } from '../../shared/errors.js';
import type { Matrix } from '../matrix.js';

/** @throws InvalidModelError, naming both widths, when rows do not have the width that a model was fitted on. */
export function checkWidth(kind: string, x: Matrix, columns: number): void {
  if (x.columns !== columns) {
    throw new InvalidModelError(
      `This ${kind} was fitted on ${columns} columns, but the rows given have ${x.columns}: give it the input it was fitted on.`,
    );
  }
}
