import { MNIST_SIDE, toMnistForm } from '../image/to-mnist-form.js';
import type { Images } from './digits.js';

const REPORT_EVERY = 200;

/**
 * Every image in MNIST's form: 28 x 28 with bright ink. Images of 28 x 28 are kept, the same memory, unless the set's
 * ground is bright; others are brought to the form one by one.
 * @param onProgress is told the fraction of images done.
 * @throws InvalidDataError naming the first image that is blank.
 */
export function toMnistImages(images: Images, name: string, onProgress: (fraction: number) => void = () => undefined): Images {
  const { rows, height, width, pixels } = images;
  if (height === MNIST_SIDE && width === MNIST_SIDE) {
    return groundIsBright(images) ? { ...images, pixels: pixels.map((value) => 255 - value) } : images;
  }
  const area = height * width;
  const out = new Uint8Array(rows * MNIST_SIDE * MNIST_SIDE);
  for (let row = 0; row < rows; row++) {
    const image = { width, height, pixels: pixels.subarray(row * area, (row + 1) * area) };
    out.set(toMnistForm(image, `${name}: image ${row}`).pixels, row * MNIST_SIDE * MNIST_SIDE);
    if ((row + 1) % REPORT_EVERY === 0) onProgress((row + 1) / rows);
  }
  return { rows, height: MNIST_SIDE, width: MNIST_SIDE, pixels: out };
}

/** Judged over the corners of all images, which a digit hardly ever reaches. */
function groundIsBright({ rows, height, width, pixels }: Images): boolean {
  const area = height * width;
  let sum = 0;
  for (let row = 0; row < rows; row++) {
    const at = row * area;
    sum += pixels[at] + pixels[at + width - 1] + pixels[at + area - width] + pixels[at + area - 1];
  }
  return sum > 4 * rows * 127.5;
}
