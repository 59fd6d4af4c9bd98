import { readFileSync } from 'node:fs';

/** Digest of the sources that `dist/` was built from; empty when the build was not made by the bootstrap. */
export function buildStamp(): string {
  try {
    return readFileSync(new URL('../../.build-stamp', import.meta.url), 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}
