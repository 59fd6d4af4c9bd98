import { InvalidDataError } from '../../shared/errors.js';
import { decodePng } from '../image/decode-png.js';
import type { Images } from './digits.js';
import { gunzip } from './gunzip.js';
import { idxKind, readIdxImages } from './idx.js';
import { decodeNpy } from './npy.js';
import { decodeNpz } from './npz.js';
import { imagesFromArray } from './read-npz-source.js';

/** The arrays of an NPZ that may hold the images to classify, the first that is there. */
const ARRAYS = ['images', 'x', 'x_test', 'x_train', 'arr_0'];

/**
 * Reads images without labels from one file, as they are: a PNG, an IDX file of images (gzipped or not), an `.npy` or an
 * `.npz`, told by their first bytes. Numbers that are no bytes are rounded to bytes.
 * @throws InvalidDataError naming the file.
 */
export function readRawImages(file: Uint8Array, name: string): Images {
  const bytes = gunzip(file, name);
  if (bytes[0] === 0x89 && bytes[1] === 0x50) return { rows: 1, ...decodePng(bytes, name) };
  if (idxKind(bytes)) return readIdxImages(bytes, name);
  if (bytes[0] === 0x93) return imagesFromArray(batched(decodeNpy(bytes, name)), name);
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) {
    const { arrays } = decodeNpz(bytes, name, ARRAYS);
    const key = ARRAYS.find((candidate) => Object.hasOwn(arrays, candidate));
    if (key !== undefined) return imagesFromArray(batched(arrays[key]), `${name}: ${key}`);
    throw new InvalidDataError(`${name}: no array of images in it; expected one named ${ARRAYS.join(', ')}.`);
  }
  throw new InvalidDataError(`${name}: ${bytes.length} bytes that are no image; expected a PNG, an IDX file of images, an .npy or an .npz.`);
}

/** A single image [height, width] of MNIST's or any square size becomes a set of one. */
function batched<A extends { readonly shape: readonly number[] }>(array: A): A {
  const { shape } = array;
  return shape.length === 2 && shape[0] === shape[1] ? { ...array, shape: [1, ...shape] } : array;
}
