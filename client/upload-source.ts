import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import { zipSync } from 'fflate';
import { MEDIA } from '../shared/artifact.js';
import { InvalidDataError } from '../shared/errors.js';
import type { SourceFile } from '../shared/run.js';
import type { ArtifactStore } from '../storage/artifact-store.js';
import { whyUnreadable } from './why-unreadable.js';

const EXPECTED = 'expected a folder with four IDX files (train and t10k, images and labels, gzipped or not) or one pair, '
  + 'one .npz with x_train, y_train, x_test and y_test, a folder of [train|test/]<digit>/*.png, or a .zip of such a tree';
/** Archives are the same bytes whenever they are packed: fflate writes the local time's fields. */
const PACKED_AT = new Date(1980, 0, 1);

/**
 * Puts the files of a data set into the store: a folder or files that hold IDX pairs, one NPZ, one ZIP, or a folder tree of
 * PNGs, which is packed into one ZIP. What the files hold is checked by the step `ingest`.
 * @throws InvalidDataError when there is no data set at these paths, saying what was found and what was expected.
 */
export async function uploadSource(store: ArtifactStore, paths: readonly string[]): Promise<SourceFile[]> {
  const files = await sourceFiles(paths);
  return Promise.all(files.map(async ({ name, read }) => ({ name, ref: await store.put(await read(), mediaTypeOf(name)) })));
}

interface LocalFile {
  readonly name: string;
  readonly read: () => Promise<Uint8Array>;
}

async function sourceFiles(paths: readonly string[]): Promise<LocalFile[]> {
  const [path, ...more] = paths;
  if (path === undefined) throw new InvalidDataError(`No data were named; ${EXPECTED}.`);
  const kinds = await Promise.all(paths.map(kindOf));
  if (kinds[0] === 'folder' && more.length === 0) return folderFiles(path);
  const folder = paths.find((_, i) => kinds[i] === 'folder');
  if (folder !== undefined) throw new InvalidDataError(`${folder} is a folder among other paths; ${EXPECTED}.`);
  const isOneArchive = more.length === 0 && /\.(npz|zip)$/i.test(path);
  const areIdx = paths.length === 2 || paths.length === 4;
  if (isOneArchive || areIdx) return paths.map(localFile);
  throw new InvalidDataError(`${paths.map((one) => basename(one)).join(', ')}: no data set; ${EXPECTED}.`);
}

async function kindOf(path: string): Promise<'folder' | 'file'> {
  try {
    return (await stat(path)).isDirectory() ? 'folder' : 'file';
  } catch (error) {
    throw new InvalidDataError(`${path}: ${whyUnreadable(error)}; ${EXPECTED}.`, { cause: error });
  }
}

async function folderFiles(folder: string): Promise<LocalFile[]> {
  const entries = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const paths = entries.map((entry) => join(entry.parentPath, entry.name)).sort();
  const here = paths.filter((path) => relative(folder, path) === basename(path));

  const idx = plainBeforeGzipped(here.filter((path) => /(images|labels)[^/\\]*(idx\d|ubyte)/i.test(basename(path))));
  if (idx.length === 4 || idx.length === 2) return idx.map(localFile);
  const archives = here.filter((path) => /\.npz$/i.test(path));
  if (archives.length === 1) return archives.map(localFile);
  const pictures = paths.filter((path) => /\.png$/i.test(path));
  const filed = pictures.some((path) => /^[0-9]$/.test(basename(dirname(path))));
  if (filed && idx.length === 0) return [{ name: `${basename(folder) || 'images'}.zip`, read: () => packed(folder, pictures) }];
  const found = idx.length > 0 ? `${idx.length} IDX files (${idx.map((path) => basename(path)).join(', ')})` : `${paths.length} files, of which ${archives.length} are .npz and ${pictures.length} are .png, none of them in a folder named by its digit`;
  throw new InvalidDataError(`${folder}: holds ${found}; ${EXPECTED}.`);
}

/** Where a file lies there both as it is and gzipped, the plain one is enough. */
function plainBeforeGzipped(paths: readonly string[]): string[] {
  return paths.filter((path) => !/\.gz$/i.test(path) || !paths.includes(path.slice(0, -3)));
}

async function packed(folder: string, pictures: readonly string[]): Promise<Uint8Array> {
  const entries: Record<string, [Uint8Array, { level: 0; mtime: Date }]> = {};
  for (const path of pictures) {
    entries[relative(folder, path).split(sep).join('/')] = [await readFile(path), { level: 0, mtime: PACKED_AT }];
  }
  return zipSync(entries);
}

function localFile(path: string): LocalFile {
  return { name: basename(path), read: () => readFile(path) };
}

function mediaTypeOf(name: string): string {
  if (/\.npz$/i.test(name)) return MEDIA.npz;
  if (/\.zip$/i.test(name)) return MEDIA.zip;
  return /\.gz$/i.test(name) ? MEDIA.gzip : MEDIA.binary;
}
