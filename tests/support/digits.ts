import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { GrayImage } from '../../ml/features/family.js';
import type { LabelledMatrix, Matrix } from '../../ml/matrix.js';
import { createRandom } from '../../ml/random.js';

/** Images and their labels; the columns of `x` are the pixels, 28 x 28 of them unless it is said. */
export interface Digits extends LabelledMatrix {
  readonly x: Matrix<Uint8Array>;
}

const SIDE = 28;
const AREA = SIDE * SIDE;

/** Seven-segment digits: top, upper left, upper right, middle, lower left, lower right, bottom. */
const SEGMENTS = ['1110111', '0010010', '1011101', '1011011', '0111010', '1101011', '1101111', '1010010', '1111111', '1111011'];
const STROKES = [[5, 8, 3, 12], [5, 8, 10, 3], [5, 17, 10, 3], [12, 8, 3, 12], [13, 8, 10, 3], [13, 17, 10, 3], [20, 8, 3, 12]] as const;

/**
 * Made-up digits that are easy to tell apart: seven-segment figures, moved by up to two pixels, with noise and a varying
 * brightness of ink. Row i shows the digit i mod 10.
 */
export function toyDigits({ rows, seed }: { rows: number; seed: number }): Digits {
  const random = createRandom(seed);
  const data = new Uint8Array(rows * AREA);
  const labels = new Uint8Array(rows);
  for (let row = 0; row < rows; row++) {
    const label = row % 10;
    labels[row] = label;
    const image = data.subarray(row * AREA, (row + 1) * AREA);
    const [down, right, ink] = [random.integer(5) - 2, random.integer(5) - 2, 180 + random.integer(60)];
    STROKES.forEach(([top, left, height, width], segment) => {
      if (SEGMENTS[label]?.[segment] !== '1') return;
      for (let y = top; y < top + height; y++) {
        for (let x = left; x < left + width; x++) image[(y + down) * SIDE + x + right] = ink - random.integer(40);
      }
    });
    for (let i = 0; i < 20; i++) image[random.integer(AREA)] = random.integer(100);
  }
  return { x: { rows, columns: AREA, data }, labels };
}

const MNIST = new URL('../../../data/mnist/', import.meta.url);
const inflated = new Map<string, Uint8Array>();

/** The rows [from, to) of the MNIST that ships with the project. */
export function mnistSubset({ split, from, to }: { split: 'train' | 'test'; from: number; to: number }): Digits {
  const prefix = split === 'train' ? 'train' : 't10k';
  const images = mnistFile(`${prefix}-images-idx3-ubyte.gz`).slice(16 + from * AREA, 16 + to * AREA);
  const labels = mnistFile(`${prefix}-labels-idx1-ubyte.gz`).slice(8 + from, 8 + to);
  return { x: { rows: to - from, columns: AREA, data: images }, labels };
}

/** One of the four files of `data/mnist`, as it lies on disk. */
export function mnistGzip(name: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(name, MNIST)));
}

function mnistFile(name: string): Uint8Array {
  const known = inflated.get(name) ?? new Uint8Array(gunzipSync(mnistGzip(name)));
  inflated.set(name, known);
  return known;
}

/**
 * An image drawn in a test: one line a row, spaces ignored. `.` is 0, `#` is 255, a figure 1..9 is that many tenths of 255.
 */
export function digit(picture: string): GrayImage {
  const lines = picture.split('\n').map((line) => line.replaceAll(/\s/g, '')).filter((line) => line !== '');
  const width = lines[0]?.length ?? 0;
  const pixels = new Uint8Array(lines.length * width);
  lines.forEach((line, y) => {
    if (line.length !== width) throw new Error(`line ${y + 1} of the picture has ${line.length} pixels, the first has ${width}`);
    [...line].forEach((mark, x) => { pixels[y * width + x] = ink(mark); });
  });
  return { width, height: lines.length, pixels };
}

function ink(mark: string): number {
  if (mark === '.') return 0;
  if (mark === '#') return 255;
  if (/[1-9]/.test(mark)) return Math.round((Number(mark) * 255) / 10);
  throw new Error(`a picture has . # and 1..9, not ${mark}`);
}
