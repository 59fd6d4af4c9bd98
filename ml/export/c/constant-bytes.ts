import { InvalidDataError } from '../../../shared/errors.js';

/** The bytes of all constant arrays, as a header of `writeCHeader` states them. @throws InvalidDataError for any other text. */
export function constantBytesOf(header: string): number {
  const [, bytes] = /\/\* (\d+) bytes of constants \*\//.exec(header) ?? [];
  if (bytes === undefined) throw new InvalidDataError('This C header does not state the bytes of its constants: expected a header that Digitloom wrote.');
  return Number(bytes);
}
