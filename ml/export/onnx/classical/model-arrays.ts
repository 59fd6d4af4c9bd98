import { InvalidDataError, InvalidModelError } from '../../../../shared/errors.js';
import type { NpyArray } from '../../../data/npy.js';
import { decodeNpz } from '../../../data/npz.js';

/** The arrays of a saved model, by their names. */
export type ModelArrays = Readonly<Record<string, NpyArray>>;

/** @param title of the model's kind, for errors. @throws InvalidModelError when the bytes are no `.npz`. */
export function modelArrays(title: string, bytes: Uint8Array): ModelArrays {
  try {
    return decodeNpz(bytes, title).arrays;
  } catch (error) {
    if (error instanceof InvalidDataError) throw new InvalidModelError(`Not a ${title}: ${error.message}`, { cause: error });
    throw error;
  }
}

/** An array of a type and, where it is given, a length. @throws InvalidModelError when it is missing or something else. */
export function takeArray<A extends NpyArray['data']>(title: string, arrays: ModelArrays, name: string, Type: new (...values: never[]) => A, length?: number): A {
  const data = arrays[name]?.data;
  if (data instanceof Type && (length === undefined || data.length === length)) return data;
  throw new InvalidModelError(`Not a ${title}: expected ${name} as ${length ?? 'some'} numbers (${Type.name}), got ${data ? `${data.length} (${data.constructor.name})` : 'none'}.`);
}
