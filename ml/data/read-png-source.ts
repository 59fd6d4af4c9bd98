import { InvalidDataError } from '../../shared/errors.js';
import { decodePng } from '../image/decode-png.js';
import { MNIST_SIDE, toMnistForm } from '../image/to-mnist-form.js';
import type { Digits, SourceDigits } from './digits.js';
import { hashOrder } from './hash-order.js';
import { takeRows } from './take-rows.js';

const EXPECTED = 'expected <train|test>/<digit>/<name>.png or <digit>/<name>.png';
const REPORT_EVERY = 200;

/**
 * Reads pictures filed by what they show: `<train|test>/<label>/*.png`, or `<label>/*.png` without a test set. Folders
 * above are ignored. Pictures come out in MNIST's form; a named half is put in hash order, for folders have none.
 * @param files the files of the tree by their path.
 * @param onProgress is told the fraction of pictures read.
 * @throws InvalidDataError naming the file for a folder that is no digit, a damaged PNG or a blank picture.
 */
export function readPngSource(files: ReadonlyMap<string, Uint8Array>, name: string, onProgress: (fraction: number) => void): SourceDigits {
  const paths = [...files.keys()].filter(isPicture).sort();
  if (paths.length === 0) throw new InvalidDataError(`${name}: no .png file in it; ${EXPECTED}, or an .npz with x_train, y_train, x_test, y_test.`);
  const halves = { train: [] as string[], test: [] as string[], unnamed: [] as string[] };
  for (const path of paths) halves[halfOf(path)].push(path);
  const notes = files.size > paths.length ? [`${files.size - paths.length} files that are no PNG were left out.`] : [];
  let done = 0;
  const read = (chosen: readonly string[]): Digits => readPictures(files, chosen, name, () => {
    if (++done % REPORT_EVERY === 0) onProgress(done / paths.length);
  });

  const { train, test, unnamed } = halves;
  if (train.length === 0 && test.length === 0) return { train: read(unnamed), notes };
  if (unnamed.length > 0 || train.length === 0 || test.length === 0) {
    throw new InvalidDataError(`${name}: ${train.length} pictures in train, ${test.length} in test and ${unnamed.length} in neither; expected all of them in train and test, or in neither.`);
  }
  return { train: inHashOrder(read(train)), test: inHashOrder(read(test)), notes };
}

function isPicture(path: string): boolean {
  return /\.png$/i.test(path) && !/(^|\/)(__MACOSX\/|\.)/.test(path); // archives made on a Mac hold a shadow of every file
}

function halfOf(path: string): 'train' | 'test' | 'unnamed' {
  const folder = path.split('/').at(-3)?.toLowerCase();
  if (folder === 'train' || folder === 'training') return 'train';
  return folder === 'test' || folder === 'testing' ? 'test' : 'unnamed';
}

function labelOf(path: string, name: string): number {
  const folder = path.split('/').at(-2) ?? '';
  if (/^[0-9]$/.test(folder)) return Number(folder);
  throw new InvalidDataError(`${name}: ${path} lies in a folder '${folder}', which is no digit from 0 to 9; ${EXPECTED}.`);
}

function readPictures(files: ReadonlyMap<string, Uint8Array>, paths: readonly string[], name: string, onPicture: () => void): Digits {
  const area = MNIST_SIDE * MNIST_SIDE;
  const pixels = new Uint8Array(paths.length * area);
  const labels = new Uint8Array(paths.length);
  paths.forEach((path, row) => {
    labels[row] = labelOf(path, name);
    const picture = decodePng(files.get(path) as Uint8Array, `${name}: ${path}`);
    pixels.set(toMnistForm(picture, `${name}: ${path}`).pixels, row * area);
    onPicture();
  });
  return { rows: paths.length, height: MNIST_SIDE, width: MNIST_SIDE, pixels, labels };
}

function inHashOrder(digits: Digits): Digits {
  return takeRows(digits, hashOrder(digits));
}
