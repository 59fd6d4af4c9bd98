import { zipSync } from 'fflate';
import type { Zippable } from 'fflate';
import { decodeNpy, encodeNpy } from './npy.js';
import type { NpyArray, NpyData } from './npy.js';
import { unzip } from './unzip.js';

/** What an `.npz` holds: arrays by name (without `.npy`), and other files as they are. */
export interface Npz {
  readonly arrays: Readonly<Record<string, NpyArray>>;
  readonly files: Readonly<Record<string, Uint8Array>>;
}

/** An entry to write: an array, or bytes kept under exactly their name. */
export type NpzEntry = { readonly data: NpyData; readonly shape: readonly number[] } | Uint8Array;

const MTIME = '1980-01-01T00:00:00'; // without a zone: the same bytes in every time zone

/**
 * Writes a zip of `.npy` arrays (as numpy.savez) and plain files. Same entries, same bytes.
 * @param options.deflate compresses the entries (as numpy.savez_compressed); stored otherwise.
 * @throws InvalidDataError when a shape does not hold exactly its data.
 */
export function encodeNpz(entries: Readonly<Record<string, NpzEntry>>, options: { readonly deflate?: boolean } = {}): Uint8Array {
  const files: Zippable = {};
  for (const [name, entry] of Object.entries(entries)) {
    if (entry instanceof Uint8Array) files[name] = entry;
    else files[`${name}.npy`] = encodeNpy(entry.data, entry.shape);
  }
  return zipSync(files, { mtime: MTIME, level: options.deflate ? 6 : 0 });
}

/**
 * Reads an `.npz` (or any zip without encryption).
 * @param name names the file in errors.
 * @param wanted names the entries to read; all by default. An array that is left out may be of any type.
 * @throws InvalidDataError when the bytes are no whole zip or an array in it cannot be read.
 */
export function decodeNpz(bytes: Uint8Array, name = 'npz', wanted?: readonly string[]): Npz {
  const arrays: Record<string, NpyArray> = {};
  const files: Record<string, Uint8Array> = {};
  for (const [path, content] of unzip(bytes, name, (path) => wanted?.includes(arrayName(path)) ?? true)) {
    if (path.endsWith('.npy')) arrays[arrayName(path)] = decodeNpy(content, `${name}: ${path}`);
    else files[path] = content;
  }
  return { arrays, files };
}

function arrayName(path: string): string {
  return path.replace(/\.npy$/, '');
}
