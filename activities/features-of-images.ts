import { encodeNpyText } from '../ml/data/npy-text.js';
import { encodeNpz } from '../ml/data/npz.js';
import type { NpzEntry } from '../ml/data/npz.js';
import { readImages } from '../ml/data/read-images.js';
import { readRawImages } from '../ml/data/read-raw-images.js';
import { extractRows } from '../ml/features/extract-rows.js';
import { featureCsv } from '../ml/features/feature-csv.js';
import type { FeatureTable } from '../ml/features/feature-table.js';
import { extractRaw } from '../ml/features/raw/extract-raw.js';
import { RAW_FAMILIES } from '../ml/features/raw/raw-families.js';
import { familyNamed } from '../ml/features/registry.js';
import { MNIST_SIDE } from '../ml/image/to-mnist-form.js';
import { InvalidConfigError, InvalidDataError } from '../shared/errors.js';
import { FAMILY_NAMES } from '../shared/family-names.js';

/** A file with images. */
export interface ImageFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Features of images and how they are written down. */
export interface ImageFeatures {
  readonly rows: number;
  /** Names of the families, and how many numbers each has. */
  readonly families: Readonly<Record<string, number>>;
  /** One array [rows, columns] a family, and `columns`, the names of all columns in the same order. */
  npz(): Uint8Array;
  /** Piece by piece: the file, the number of the image in it, and every column by its name. */
  csv(): Iterable<string>;
}

/**
 * Features of the images of some files (PNG, IDX, NPY, NPZ), in the order given.
 * @param options.families names of families; by default all eleven, or all that have a raw definition.
 * @param options.raw takes the images as they are, all of one size up to 128 x 128, and the libraries' own definitions.
 * @throws InvalidConfigError for a family that is unknown or named twice.
 * @throws InvalidDataError naming the file that cannot be used.
 */
export function featuresOfImages(files: readonly ImageFile[], options: { readonly families?: readonly string[]; readonly raw: boolean }): ImageFeatures {
  const names = options.families ?? (options.raw ? RAW_FAMILIES.map(({ name }) => name) : FAMILY_NAMES.filter((name) => name !== 'zoning'));
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new InvalidConfigError(`The feature family '${twice}' is named twice.`);
  const { table, counts } = options.raw ? rawTable(files, names) : formedTable(files, names);
  const sources = files.flatMap(({ name }, f) => Array.from({ length: counts[f] ?? 0 }, (_, image) => ({ file: name, image })));
  return {
    rows: table.rows,
    families: Object.fromEntries(table.families.map(({ name, columns }) => [name, columns.length])),
    npz: () => npzOf(table),
    csv: () => featureCsv(table, (row) => sources[row] ?? { file: '', image: row }),
  };
}

interface Counted {
  readonly table: FeatureTable;
  /** Images of each file. */
  readonly counts: readonly number[];
}

function formedTable(files: readonly ImageFile[], names: readonly string[]): Counted {
  const families = names.map(familyNamed);
  const sets = files.map(({ bytes, name }) => readImages(bytes, name));
  const rows = sets.reduce((sum, set) => sum + set.rows, 0);
  const images = { rows, columns: MNIST_SIDE * MNIST_SIDE, data: joined(sets.map(({ data }) => data)) };
  const matrices = extractRows(images, { width: MNIST_SIDE, height: MNIST_SIDE }, families);
  const tables = families.map(({ name, columns }, i) => ({ name, columns, data: matrices[i]?.data ?? new Float32Array(0) }));
  return { table: { rows, families: tables }, counts: sets.map((set) => set.rows) };
}

function rawTable(files: readonly ImageFile[], names: readonly string[]): Counted {
  const sets = files.map(({ bytes, name }) => readRawImages(bytes, name));
  const [first] = sets;
  if (!first) throw new InvalidDataError('No file with images was given.');
  const other = sets.findIndex(({ width, height }) => width !== first.width || height !== first.height);
  if (other > 0) {
    throw new InvalidDataError(`${files[other]?.name}: ${sets[other]?.width} x ${sets[other]?.height} pixels, but ${files[0]?.name} has `
      + `${first.width} x ${first.height}; raw features need images of one size. Give the sizes in calls of their own.`);
  }
  const rows = sets.reduce((sum, set) => sum + set.rows, 0);
  return { table: extractRaw({ ...first, rows, pixels: joined(sets.map(({ pixels }) => pixels)) }, names), counts: sets.map((set) => set.rows) };
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function npzOf({ rows, families }: FeatureTable): Uint8Array {
  const entries: Record<string, NpzEntry> = {};
  for (const { name, columns, data } of families) entries[name] = { data, shape: [rows, columns.length] };
  entries['columns.npy'] = encodeNpyText(families.flatMap(({ columns }) => columns));
  return encodeNpz(entries);
}
