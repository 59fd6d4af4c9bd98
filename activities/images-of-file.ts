import { readImages } from '../ml/data/read-images.js';

/** Images in MNIST's form: 28 x 28, bright ink, row after row. */
export interface DigitImages {
  readonly rows: number;
  readonly pixels: Uint8Array;
}

/**
 * The images of one file (PNG, IDX, `.npy`, `.npz`), of any size and polarity, brought to MNIST's form.
 * @throws InvalidDataError naming the file and what was expected.
 */
export function imagesOfFile(bytes: Uint8Array, name: string): DigitImages {
  const { rows, data } = readImages(bytes, name);
  return { rows, pixels: data };
}
