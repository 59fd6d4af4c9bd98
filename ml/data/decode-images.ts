import { InvalidDataError } from '../../shared/errors.js';
import type { Matrix } from '../matrix.js';
import { decodeNpy } from './npy.js';

/** Images as rows of pixels, and their shape. */
export interface Images {
  readonly pixels: Matrix<Uint8Array>;
  readonly width: number;
  readonly height: number;
}

/**
 * One shard of images: `.npy`, uint8, [rows, height, width].
 * @throws InvalidDataError when there is none, or it is something else.
 */
export function decodeImages(bytes: Uint8Array | undefined): Images {
  if (!bytes) throw new InvalidDataError('No shard of images was given.');
  const { data, shape } = decodeNpy(bytes, 'images');
  if (!(data instanceof Uint8Array) || shape.length !== 3) {
    throw new InvalidDataError(`images: expected uint8 [rows, height, width], got ${data.constructor.name} [${shape.join(', ')}].`);
  }
  const [rows, height, width] = shape;
  return { pixels: { rows, columns: width * height, data }, width, height };
}
