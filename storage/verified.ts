import type { ArtifactRef } from '../shared/artifact.js';
import { CorruptArtifactError } from '../shared/errors.js';
import { digestOf } from './digest.js';

/**
 * Returns the bytes when they are those of the reference.
 * @throws CorruptArtifactError that names the place when they are not.
 */
export function verified<B extends Uint8Array>(bytes: B, ref: ArtifactRef, place: string): B {
  const digest = digestOf(bytes);
  if (digest === ref.digest) return bytes;
  throw new CorruptArtifactError(
    `${place}: the bytes have changed. Expected ${ref.bytes} bytes with SHA-256 ${ref.digest}, got ${bytes.byteLength} with ${digest}. ` +
      'Delete the object and run again: the step that made it will make it anew.',
  );
}
