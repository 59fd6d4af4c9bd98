import { InvalidDataError } from '../../shared/errors.js';
import { checkLabels } from './check-labels.js';
import type { Digits, Images, SourceDigits } from './digits.js';
import type { NpyArray } from './npy.js';
import { decodeNpz } from './npz.js';

const NAMES = ['x_train', 'y_train', 'x_test', 'y_test'] as const;

/**
 * Reads an NPZ with `x_train`, `y_train`, `x_test` and `y_test` (the layout of Keras' mnist.npz). Images are integers in
 * 0..255 or floats in [0, 1] or 0..255.
 * @throws InvalidDataError naming the array and what was expected.
 */
export function readNpzSource(bytes: Uint8Array, name: string): SourceDigits {
  const { arrays } = decodeNpz(bytes, name, NAMES);
  const missing = NAMES.filter((key) => !Object.hasOwn(arrays, key));
  if (missing.length > 0) {
    throw new InvalidDataError(`${name}: no array ${missing.join(', ')}; expected ${NAMES.join(', ')}. Write it with numpy.savez.`);
  }
  const half = (split: 'train' | 'test'): Digits => {
    const images = imagesFromArray(arrays[`x_${split}`], `${name}: x_${split}`);
    const labels = checkLabels(vector(arrays[`y_${split}`], `${name}: y_${split}`), `${name}: y_${split}`);
    if (labels.length === images.rows) return { ...images, labels };
    throw new InvalidDataError(`${name}: y_${split} has ${labels.length} labels for the ${images.rows} images of x_${split}; expected as many labels as images.`);
  };
  return { train: half('train'), test: half('test'), notes: [] };
}

/**
 * Images from an array [rows, height, width], [rows, height, width, 1] or [rows, side * side], as bytes. Floats whose
 * largest value is at most 1 are taken as parts of full ink.
 * @throws InvalidDataError for other shapes, an empty set, NaN and values outside 0..255.
 */
export function imagesFromArray(array: NpyArray, name: string): Images {
  const [rows = 0, height, width] = squareShape(array.shape, name);
  if (rows * height * width === 0) {
    throw new InvalidDataError(`${name}: the set is empty: shape (${array.shape.join(', ')}); expected at least one image.`);
  }
  if (array.dtype === 'u1') return { rows, height, width, pixels: array.data };
  const { data } = array;
  let max = 0;
  for (let i = 0; i < data.length; i++) {
    const value = Number(data[i]);
    if (!(value >= 0 && value <= 255)) {
      const row = Math.floor(i / (height * width));
      throw new InvalidDataError(`${name}: ${value} in image ${row}; expected numbers in [0, 1] or from 0 to 255.`);
    }
    if (value > max) max = value;
  }
  const scale = (array.dtype === 'f4' || array.dtype === 'f8') && max <= 1 ? 255 : 1;
  const pixels = new Uint8Array(data.length);
  for (let i = 0; i < data.length; i++) pixels[i] = Math.round(Number(data[i]) * scale);
  return { rows, height, width, pixels };
}

function squareShape(shape: readonly number[], name: string): [number, number, number] {
  const [rows, height, width, channels] = shape as [number, number, number, number];
  if (shape.length === 3 || (shape.length === 4 && channels === 1)) return [rows, height, width];
  const side = Math.sqrt(height);
  if (shape.length === 2 && Number.isInteger(side)) return [rows, side, side];
  throw new InvalidDataError(`${name}: shape (${shape.join(', ')}); expected (images, height, width), with or without a last axis of 1, or (images, side * side).`);
}

function vector(array: NpyArray, name: string): NpyArray['data'] {
  const { shape } = array;
  if (shape.length === 1 || (shape.length === 2 && shape[1] === 1)) return array.data;
  throw new InvalidDataError(`${name}: shape (${shape.join(', ')}); expected one label an image, (images,)${shape[1] === 10 ? ': turn one-hot rows into numbers with argmax(axis=1)' : ''}.`);
}
