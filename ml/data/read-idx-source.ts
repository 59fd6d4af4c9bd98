import { InvalidDataError } from '../../shared/errors.js';
import { checkLabels } from './check-labels.js';
import type { Digits, SourceDigits } from './digits.js';
import { gunzip } from './gunzip.js';
import { idxKind, readIdxImages, readIdxLabels } from './idx.js';
import { compareWithMnist } from './known-checksums.js';

/** A file of a source: the name it had on disk, and its bytes. */
export interface NamedBytes {
  readonly name: string;
  readonly bytes: Uint8Array;
}

type Part = 'train images' | 'train labels' | 'test images' | 'test labels';

/**
 * Reads MNIST-like IDX files, gzipped or not: two pairs told apart by `train` and `t10k` or `test` in their names, or one
 * pair without a test set. Images and labels are told apart by name, else by magic number.
 * @throws InvalidDataError naming the file and what was expected.
 */
export function readIdxSource(files: readonly NamedBytes[]): SourceDigits {
  const parts = new Map<Part, NamedBytes>();
  for (const file of files) {
    const content = { name: file.name, bytes: gunzip(file.bytes, file.name) };
    const part = partOf(content);
    const taken = parts.get(part);
    if (taken) throw new InvalidDataError(`${file.name} and ${taken.name} are both ${part}; ${EXPECTED}`);
    parts.set(part, content);
  }
  const train = pair(parts, 'train');
  if (parts.size === 2) return { train, notes: checksumNotes([...parts.values()]) };
  return { train, test: pair(parts, 'test'), notes: checksumNotes([...parts.values()]) };
}

const EXPECTED = 'expected images and labels, each for training and test, e.g. train-images-idx3-ubyte.gz, train-labels-idx1-ubyte.gz, '
  + 't10k-images-idx3-ubyte.gz and t10k-labels-idx1-ubyte.gz (or one pair alone).';

function partOf({ name, bytes }: NamedBytes): Part {
  const base = (name.split(/[/\\]/).at(-1) ?? name).toLowerCase();
  const half = /t10k|test/.test(base) ? 'test' : 'train';
  const kind = /label/.test(base) ? 'labels' : /image/.test(base) ? 'images' : idxKind(bytes);
  if (kind) return `${half} ${kind}`;
  throw new InvalidDataError(`${name}: neither its name nor its first bytes say whether it holds images or labels; ${EXPECTED}`);
}

function pair(parts: ReadonlyMap<Part, NamedBytes>, half: 'train' | 'test'): Digits {
  const images = parts.get(`${half} images`);
  const labels = parts.get(`${half} labels`);
  if (!images || !labels) {
    const missing = images ? `${half} labels` : `${half} images`;
    throw new InvalidDataError(`No file holds ${missing} among ${[...parts.values()].map(({ name }) => name).join(', ')}; ${EXPECTED}`);
  }
  const pixels = readIdxImages(images.bytes, images.name);
  const values = readIdxLabels(labels.bytes, labels.name);
  if (values.length !== pixels.rows) {
    throw new InvalidDataError(`${labels.name}: ${values.length} labels for the ${pixels.rows} images of ${images.name}; expected as many labels as images.`);
  }
  return { ...pixels, labels: checkLabels(values, labels.name) };
}

function checksumNotes(files: readonly NamedBytes[]): string[] {
  const found = files.map(({ name, bytes }) => ({ name, state: compareWithMnist(name, bytes) }));
  if (found.length === 4 && found.every(({ state }) => state === 'equal')) return ['The files are MNIST as published: all four checksums match.'];
  return found.filter(({ state }) => state === 'different')
    .map(({ name }) => `${name} has the name and size of MNIST's file but other bytes: its checksum differs.`);
}
