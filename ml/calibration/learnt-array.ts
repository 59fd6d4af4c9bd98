import { InvalidModelError } from '../../shared/errors.js';
import type { NpyArray } from '../data/npy.js';

/**
 * A float64 array of a calibrator's, by its name.
 * @param length its length, where that is known.
 * @throws InvalidModelError when it is missing, of another type or length, or not finite.
 */
export function learntArray(arrays: Readonly<Record<string, NpyArray>>, name: string, length?: number): Float64Array {
  const data = arrays[name]?.data;
  if (!(data instanceof Float64Array) || data.length === 0 || (length !== undefined && data.length !== length) || !data.every(Number.isFinite)) {
    const got = data === undefined ? 'none' : `${data.constructor.name} of ${data.length}`;
    throw new InvalidModelError(`Not a calibrator: expected ${length ?? 'some'} finite float64 numbers in ${name}, got ${got}.`);
  }
  return data;
}
