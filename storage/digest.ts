import { createHash } from 'node:crypto';

/** SHA-256 of bytes, lower-case hexadecimal: the name of an object. */
export function digestOf(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}
