import type { LabelledMatrix } from '../../ml/matrix.js';
import { rowsBetween } from '../../ml/matrix.js';
import { InvalidDataError } from '../../shared/errors.js';

/**
 * The training rows before the validation rows, and those.
 * @throws InvalidDataError when no row is left to fit on.
 */
export function splitRows<X extends LabelledMatrix['x']>(x: X, labels: Uint8Array, validationRows: number): Record<'train' | 'validation', { readonly x: X; readonly labels: Uint8Array }> {
  const border = x.rows - validationRows;
  if (border <= 0) throw new InvalidDataError(`${validationRows} validation rows of ${x.rows} leave none to fit on.`);
  const part = (from: number, to: number): { readonly x: X; readonly labels: Uint8Array } => ({ x: rowsBetween(x, from, to) as X, labels: labels.subarray(from, to) });
  return { train: part(0, border), validation: part(border, x.rows) };
}
