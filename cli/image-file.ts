import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { ImageFile } from '../activities/image-blocks.js';
import { whyUnreadable } from '../client/why-unreadable.js';
import { InvalidDataError } from '../shared/errors.js';

/** Reads a file of images. @throws InvalidDataError, which says why it cannot be read. */
export async function imageFileAt(path: string): Promise<ImageFile> {
  try {
    return { name: basename(path), bytes: await readFile(path) };
  } catch (error) {
    throw new InvalidDataError(`${path}: ${whyUnreadable(error)}.`, { cause: error });
  }
}
