import { InvalidDataError } from '../../shared/errors.js';
import type { SourceDigits } from './digits.js';
import { readIdxSource } from './read-idx-source.js';
import type { NamedBytes } from './read-idx-source.js';
import { readNpzSource } from './read-npz-source.js';
import { readPngSource } from './read-png-source.js';
import { unzip } from './unzip.js';

/**
 * Reads a data set: IDX files (two pairs, or one), one NPZ, or one ZIP of a tree of PNGs. A single file is told by its
 * first bytes and what it holds, not by its name.
 * @param onProgress is told the fraction read, where reading takes long.
 * @throws InvalidDataError naming the file, what was got and what was expected.
 */
export function readSource(files: readonly NamedBytes[], onProgress: (fraction: number) => void = () => undefined): SourceDigits {
  const [file, ...others] = files;
  if (file === undefined || file.bytes.length === 0) {
    throw new InvalidDataError(`${file ? `${file.name} is empty` : 'No source file'}; ${EXPECTED}`);
  }
  if (others.length > 0) {
    if (files.length === 2 || files.length === 4) return readIdxSource(files);
    throw new InvalidDataError(`${files.length} source files (${files.map(({ name }) => name).join(', ')}); ${EXPECTED}`);
  }
  const { name, bytes } = file;
  if (/\.npz$/i.test(name)) return readNpzSource(bytes, name);
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) { // PK
    throw new InvalidDataError(`${name}: one file alone that is no zip archive; ${EXPECTED}`);
  }
  const tree = unzip(bytes, name);
  const isNpz = [...tree.keys()].some((path) => path.endsWith('.npy'));
  return isNpz ? readNpzSource(bytes, name) : readPngSource(tree, name, onProgress);
}

const EXPECTED = 'expected four IDX files (images and labels, for training and test) or one pair, one .npz with x_train, y_train, x_test and y_test, '
  + 'or one .zip of <train|test>/<digit>/*.png.';
