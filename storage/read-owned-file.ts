import { readFile } from 'node:fs/promises';
import { ownedBytes } from '../shared/owned-bytes.js';

/** A file's bytes in a buffer of their own, or undefined when there is no such file. */
export async function readOwnedFile(path: string, signal?: AbortSignal): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    return ownedBytes(await readFile(path, signal ? { signal } : {}));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
