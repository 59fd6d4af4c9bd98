import { InvalidDataError } from '../../shared/errors.js';
import type { Images } from './digits.js';
import { gunzip } from './gunzip.js';
import { shapeSize } from '../shape-size.js';

/*
 * IDX, the format of MNIST (http://yann.lecun.com/exdb/mnist): two zero bytes, the element type, the number of
 * dimensions, each dimension as a big-endian 32-bit word, then the elements.
 */
const IMAGES = 0x0803;
const LABELS = 0x0801;
const TYPES: Readonly<Record<number, string>> = {
  0x08: 'unsigned bytes', 0x09: 'signed bytes', 0x0b: '16-bit integers', 0x0c: '32-bit integers', 0x0d: '32-bit floats', 0x0e: '64-bit floats',
};
const MAX_ELEMENTS = 2 ** 40;

/**
 * Reads an IDX file of images, gzipped or not; the pixels are a view of the (inflated) bytes.
 * @throws InvalidDataError naming the file for a truncated gzip, a wrong magic number, an empty set or a wrong size.
 */
export function readIdxImages(bytes: Uint8Array, name: string): Images {
  const { sides, data } = readIdx(bytes, name, IMAGES);
  const [rows, height, width] = sides as [number, number, number];
  return { rows, height, width, pixels: data };
}

/**
 * Reads an IDX file of labels, gzipped or not; their range is not checked here.
 * @throws InvalidDataError as {@link readIdxImages}.
 */
export function readIdxLabels(bytes: Uint8Array, name: string): Uint8Array {
  return readIdx(bytes, name, LABELS).data;
}

/** Which of the two files of an IDX pair the (inflated) bytes are, by their magic number. */
export function idxKind(bytes: Uint8Array): 'images' | 'labels' | undefined {
  if (bytes.length < 4) return undefined;
  const magic = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
  return magic === IMAGES ? 'images' : magic === LABELS ? 'labels' : undefined;
}

function readIdx(raw: Uint8Array, name: string, expected: number): { sides: number[]; data: Uint8Array } {
  const bytes = gunzip(raw, name);
  const dimensions = expected & 0xff;
  const header = 4 + 4 * dimensions;
  if (bytes.length < 4) {
    throw new InvalidDataError(`${name}: ${bytes.length} bytes are no IDX file; expected at least a header of ${header} bytes.`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const magic = view.getUint32(0);
  if (magic !== expected) {
    throw new InvalidDataError(`${name}: wrong magic number ${describe(magic)}; expected ${describe(expected)}.`);
  }
  if (bytes.length < header) {
    throw new InvalidDataError(`${name}: truncated IDX header: got ${bytes.length} bytes, expected ${header}.`);
  }
  const sides = Array.from({ length: dimensions }, (_, i) => view.getUint32(4 + 4 * i));
  const elements = shapeSize(sides);
  if (elements === 0) {
    throw new InvalidDataError(`${name}: the set is empty: its header says ${sides.join(' x ')}; expected at least one row.`);
  }
  const size = elements > MAX_ELEMENTS ? Infinity : header + elements;
  if (bytes.length !== size) {
    const fault = bytes.length < size ? 'is truncated' : 'has bytes to spare';
    throw new InvalidDataError(
      `${name}: the file ${fault}: its header says ${sides.join(' x ')}, ${header + elements} bytes in all, got ${bytes.length}.`,
    );
  }
  return { sides, data: bytes.subarray(header) };
}

function describe(magic: number): string {
  const hex = `0x${magic.toString(16).padStart(8, '0')}`;
  if (magic === IMAGES) return `${hex} (IDX images: unsigned bytes in 3 dimensions)`;
  if (magic === LABELS) return `${hex} (IDX labels: unsigned bytes in 1 dimension)`;
  const type = TYPES[(magic >>> 8) & 0xff];
  if (magic >>> 16 === 0 && type !== undefined) return `${hex} (IDX of ${type} in ${magic & 0xff} dimensions)`;
  if (magic === 0x504b0304) return `${hex} (a zip archive)`;
  if (magic === 0x89504e47) return `${hex} (a PNG image)`;
  return `${hex} (not an IDX file)`;
}
