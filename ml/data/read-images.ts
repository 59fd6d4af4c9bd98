import type { RawImage } from '../image/raw-image.js';
import { toMnistForm } from '../image/to-mnist-form.js';
import type { Matrix } from '../matrix.js';
import { readRawImages } from './read-raw-images.js';

/**
 * Reads images without labels from one file: a PNG, an IDX file of images (gzipped or not), an `.npy` or an `.npz`, told by
 * their first bytes. Each image is brought to MNIST's form on its own: 28 x 28, ink bright.
 * @returns uint8, [rows, 784].
 * @throws InvalidDataError naming the file, and the image that is blank.
 */
export function readImages(file: Uint8Array, name: string): Matrix<Uint8Array> {
  const images = readRawImages(file, name);
  const area = images.height * images.width;
  const forms = Array.from({ length: images.rows }, (_, row) => {
    const image: RawImage = { ...images, pixels: images.pixels.subarray(row * area, (row + 1) * area) };
    return toMnistForm(image, images.rows === 1 ? name : `${name}: image ${row}`).pixels;
  });
  const columns = forms[0].length;
  const data = new Uint8Array(forms.length * columns);
  forms.forEach((form, row) => data.set(form, row * columns));
  return { rows: forms.length, columns, data };
}
