import { open, rename, rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { decodeNpy } from '../ml/data/npy.js';
import { encodeNpyText } from '../ml/data/npy-text.js';
import { csvHeader } from '../ml/features/feature-csv.js';
import { DESCRIPTOR } from '../ml/features/keypoints/describe.js';
import { KEYPOINT } from '../ml/features/keypoints/extract-keypoints.js';
import { extractRaw } from '../ml/features/raw/extract-raw.js';
import { RAW_FAMILIES } from '../ml/features/raw/raw-families.js';
import { familyNamed } from '../ml/features/registry.js';
import { InternalError, InvalidConfigError } from '../shared/errors.js';
import { FAMILY_NAMES } from '../shared/family-names.js';
import type { StepOutput } from '../shared/step.js';
import { describeBlocks } from './describe-blocks.js';
import type { DescribeOptions } from './describe-blocks.js';
import { imageBlocks } from './image-blocks.js';
import type { ImageFile, ImageSequence } from './image-blocks.js';
import { NpzFile } from './npz-file.js';
import type { NpzArray } from './npz-file.js';
import type { StepCatalogue } from './step-catalogue.js';

/** What is to be written of images. */
export interface FeatureOptions {
  /** Names of families, none too; by default all eleven, or all that have a raw definition. */
  readonly families?: readonly string[];
  /** Takes the images as they are, all of one size up to 128 x 128, and the libraries' own definitions. */
  readonly raw: boolean;
  /** SIFT keypoints and descriptors, in an NPZ only. */
  readonly keypoints?: boolean;
  /** Edge maps, in an NPZ only. */
  readonly edges?: boolean;
  /** @default as many as there are cores */
  readonly threads?: number;
  readonly signal?: AbortSignal;
}

/** What was written. */
export interface WrittenFeatures {
  readonly rows: number;
  /** Names of the families, and how many numbers each has. */
  readonly families: Readonly<Record<string, number>>;
  /** Keypoints of all images together, where they were asked for. */
  readonly keypoints?: number;
}

/** A family to be written: its name and the names of its columns. */
interface Family {
  readonly name: string;
  readonly columns: readonly string[];
}

const BLOCK_BYTES = 6 << 20;
const BLOCK_ROWS = 1000;
const TEXT_BYTES = 12; // of a number in a CSV

/**
 * Writes features of the images of some files (PNG, IDX, NPY, NPZ), in the order given, to an `.npz` or a `.csv`, block by block:
 * memory does not grow with the number of images, but for the images themselves. Nobody sees half a file: it gets its name
 * when it is whole, and nothing is left of one that was not finished.
 *
 * An NPZ has one array [rows, columns] a family, `columns` (the names of all columns in the same order), and where asked
 * `edges` [rows, height, width], `keypoints` [total, 5], `descriptors` [total, 128] and `keypoint_offsets` [rows + 1]. A CSV
 * has the file, the number of the image in it, and every column by its name.
 * @throws InvalidConfigError for a family that is unknown or named twice, and for a file that cannot be written.
 * @throws InvalidDataError naming the file that cannot be used.
 */
export async function writeFeatures(steps: StepCatalogue, files: readonly ImageFile[], out: string, options: FeatureOptions): Promise<WrittenFeatures> {
  const { raw, keypoints = false, edges = false, threads = availableParallelism(), signal = new AbortController().signal } = options;
  const csv = /\.csv$/i.test(out);
  const names = options.families ?? (raw ? RAW_FAMILIES.map(({ name }) => name) : FAMILY_NAMES.filter((name) => name !== 'zoning'));
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new InvalidConfigError(`The feature family '${twice}' is named twice.`);
  if (csv && (keypoints || edges)) throw new InvalidConfigError(`--out ${out}: keypoints and edge maps are no numbers of columns; expected a file that ends in .npz.`);
  if (names.length === 0 && !keypoints && !edges) throw new InvalidConfigError('Nothing is to be written: name a family, or ask for keypoints or edges.');

  const images = imageBlocks(files, raw);
  const families = raw ? extractRaw({ ...images, rows: 0, pixels: new Uint8Array(0) }, names).families : names.map(familyNamed);
  const describe: DescribeOptions = { families: names, raw, keypoints, edges, csv, threads: Math.max(1, Math.min(threads, images.rows)), signal };
  const blocks = describeBlocks(steps, images.blocks(blockRows(images, families, describe)), describe);
  const part = `${out}.part`;
  try {
    const found = csv ? await writeCsv(part, families, blocks) : await writeNpz(part, images, families, blocks, describe);
    await rename(part, out);
    const counts = Object.fromEntries(families.map(({ name, columns }) => [name, columns.length]));
    return { rows: images.rows, families: counts, ...(keypoints && { keypoints: found }) };
  } catch (error) {
    await rm(part, { force: true });
    if (typeof (error as NodeJS.ErrnoException).syscall !== 'string') throw error;
    throw new InvalidConfigError(`--out ${out}: cannot be written (${(error as Error).message}).`, { cause: error });
  }
}

/** As many images as give a few megabytes. */
function blockRows({ width, height }: ImageSequence, families: readonly Family[], { raw, csv }: DescribeOptions): number {
  const numbers = families.reduce((sum, { columns }) => sum + columns.length, 0);
  const bytes = numbers * (csv ? TEXT_BYTES : raw ? 8 : 4) + 2 * width * height;
  return Math.max(1, Math.min(BLOCK_ROWS, Math.floor(BLOCK_BYTES / bytes)));
}

async function writeCsv(part: string, families: readonly Family[], blocks: AsyncIterable<StepOutput['outputs']>): Promise<number> {
  const file = await open(part, 'w');
  try {
    await file.writeFile(csvHeader(families));
    for await (const outputs of blocks) await file.writeFile(bytesOf(outputs, 'csv'));
  } finally {
    await file.close();
  }
  return 0;
}

/** Gives the number of keypoints. */
async function writeNpz(
  part: string,
  { rows, width, height }: ImageSequence,
  families: readonly Family[],
  blocks: AsyncIterable<StepOutput['outputs']>,
  { raw, edges, keypoints }: DescribeOptions,
): Promise<number> {
  const arrays: NpzArray[] = families.map(({ name, columns }) => ({ name, descriptor: raw ? '<f8' : '<f4', row: [columns.length], rows }));
  if (edges) arrays.push({ name: 'edges', descriptor: '|u1', row: [height, width], rows });
  if (keypoints) {
    arrays.push({ name: 'keypoint_offsets', descriptor: '<i4', row: [], rows: rows + 1 });
    arrays.push({ name: 'keypoints', descriptor: '<f4', row: [KEYPOINT] }, { name: 'descriptors', descriptor: '<f4', row: [DESCRIPTOR] });
  }
  const asTheyAre = arrays.filter(({ name }) => name !== 'keypoint_offsets');
  const npz = await NpzFile.create(part, arrays);
  let total = 0;
  try {
    if (keypoints) await npz.append('keypoint_offsets', new Uint8Array(4));
    for await (const outputs of blocks) {
      for (const { name } of asTheyAre) await npz.append(name, dataOf(bytesOf(outputs, name)));
      if (!keypoints) continue;
      const counts = decodeNpy(bytesOf(outputs, 'keypointCounts'), 'keypointCounts').data as Int32Array;
      const ends = counts.map((count) => (total += count));
      await npz.append('keypoint_offsets', new Uint8Array(ends.buffer, ends.byteOffset, ends.byteLength));
    }
    const columns = families.flatMap((family) => family.columns);
    await npz.finish(columns.length === 0 ? {} : { 'columns.npy': encodeNpyText(columns) });
  } finally {
    await npz.close();
  }
  return total;
}

function bytesOf(outputs: StepOutput['outputs'], role: string): Uint8Array {
  const output = outputs[role];
  if (!output) throw new InternalError(`The step describe-images gave no '${role}'.`);
  return output.bytes;
}

/** The bytes of an array without its header. */
function dataOf(npy: Uint8Array): Uint8Array {
  const { data } = decodeNpy(npy, 'describe-images');
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}
