import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { NativeLibraryError } from '../../shared/errors.js';

/**
 * Checks a downloaded file against its SHA-256 and deletes it when it differs.
 * @throws NativeLibraryError naming both digests.
 */
export async function verifyChecksum(file: string, sha256: string, origin: string): Promise<void> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  const got = hash.digest('hex');
  if (got === sha256.toLowerCase()) return;
  await rm(file, { force: true });
  throw new NativeLibraryError(
    `${basename(file)} from ${origin} has the SHA-256 ${got}, expected ${sha256}; it was deleted. ` +
    'Run the command again; should it differ again, what stands between you and the source changes files.',
  );
}
