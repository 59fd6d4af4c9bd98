import { gunzipSync } from 'node:zlib'; // checks the stream's end, length and CRC, which fflate does not
import { InvalidDataError } from '../../shared/errors.js';

/**
 * The content of a gzip file; other bytes are returned as they are.
 * @throws InvalidDataError when the stream is cut short or damaged.
 */
export function gunzip(bytes: Uint8Array, name: string): Uint8Array {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    const { buffer, byteOffset, byteLength } = gunzipSync(bytes);
    return new Uint8Array(buffer, byteOffset, byteLength); // not a Buffer, whose slice shares memory
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const fault = code === 'Z_BUF_ERROR' ? 'the gzip stream is truncated' : `the gzip stream is damaged (${message})`;
    throw new InvalidDataError(`${name}: ${fault} after ${bytes.length} bytes. Copy or download the file again.`, { cause: error });
  }
}
