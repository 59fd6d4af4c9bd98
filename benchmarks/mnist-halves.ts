import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { rowsBetween } from '../ml/matrix.js';
import type { LabelledMatrix, Matrix } from '../ml/matrix.js';

/** Images of 28 x 28 bytes, with their labels. */
export interface Images extends LabelledMatrix {
  readonly x: Matrix<Uint8Array>;
}

const FITTED = 50_000;
const JUDGED = 60_000;

/** The images of one half of MNIST in a folder of its four files. */
export function readHalf(folder: string, prefix: 'train' | 't10k'): Images {
  const read = (name: string): Uint8Array => gunzipSync(readFileSync(join(folder, `${prefix}-${name}-ubyte.gz`)));
  const data = Uint8Array.from(read('images-idx3').subarray(16));
  return { x: { rows: data.length / 784, columns: 784, data }, labels: Uint8Array.from(read('labels-idx1').subarray(8)) };
}

/** The training half: the first rows to fit on, the last 10,000 to choose by. */
export function trainingSets(folder: string, rows: number): { readonly train: Images; readonly validation: Images } {
  const { x, labels } = readHalf(folder, 'train');
  const slice = (from: number, to: number): Images => ({ x: rowsBetween(x, from, to), labels: labels.slice(from, to) });
  return { train: slice(0, Math.min(rows, FITTED)), validation: slice(FITTED, JUDGED) };
}
