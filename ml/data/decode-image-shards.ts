import { InvalidDataError } from '../../shared/errors.js';
import { assembleInput } from './assemble-input.js';
import { decodeImages, type Images } from './decode-images.js';

/**
 * The images of all shards of a role (`.npy`, uint8, [rows, height, width]) one after the other; a single shard is not copied.
 * @throws InvalidDataError when there is none, one is something else, or their sizes differ.
 */
export function decodeImageShards(shards: readonly Uint8Array[] | undefined, role: string): Images {
  const { width, height } = decodeImages(shards?.[0]);
  shards?.forEach((bytes, i) => {
    const other = decodeImages(bytes);
    if (other.width !== width || other.height !== height) {
      throw new InvalidDataError(`${role}, shard ${i}: ${other.width} x ${other.height} pixels, but ${width} x ${height} in shard 0.`);
    }
  });
  const pixels = assembleInput('pixels', { images: shards ?? [] });
  return { pixels: { ...pixels, data: pixels.data as Uint8Array }, width, height };
}
