import { InvalidDataError } from '../../shared/errors.js';
import { decodeNpy } from './npy.js';

/**
 * Labels (0..9) from an `.npy` of uint8, [rows].
 * @throws InvalidDataError when the array is of another type, or its length is not `rows`.
 */
export function decodeLabels(bytes: Uint8Array | undefined, rows?: number): Uint8Array {
  if (!bytes) throw new InvalidDataError('No labels were given.');
  const { data } = decodeNpy(bytes);
  if (!(data instanceof Uint8Array)) throw new InvalidDataError(`Labels must be uint8, got ${data.constructor.name}.`);
  if (rows !== undefined && data.length !== rows) {
    throw new InvalidDataError(`${data.length} labels for ${rows} rows: expected one label a row.`);
  }
  return data;
}
