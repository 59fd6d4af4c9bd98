import { InvalidModelError } from '../../../shared/errors.js';

/**
 * The name of a published number.
 * @throws InvalidModelError saying what has an unknown one.
 */
export function keyOf<K extends string>(codes: Readonly<Record<K, number>>, code: number, what: string): K {
  const key = (Object.keys(codes) as K[]).find((name) => codes[name] === code);
  if (key === undefined) throw new InvalidModelError(`The ${what} has code ${code}; known are ${JSON.stringify(codes)}.`);
  return key;
}
