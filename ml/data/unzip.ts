import { unzipSync } from 'fflate';
import { InvalidDataError } from '../../shared/errors.js';

/**
 * The files of a zip, by their path in it; folders are left out.
 * @param wanted leaves entries out before they are inflated.
 * @throws InvalidDataError when the bytes are no whole zip.
 */
export function unzip(bytes: Uint8Array, name: string, wanted: (path: string) => boolean = () => true): Map<string, Uint8Array> {
  try {
    const filter = (entry: { name: string }): boolean => !entry.name.endsWith('/') && wanted(entry.name);
    return new Map(Object.entries(unzipSync(bytes, { filter })));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new InvalidDataError(
      `${name}: not a whole zip archive (${bytes.length} bytes: ${reason}). Copy or download the file again.`, { cause: error },
    );
  }
}
