import { open, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { npyHeader } from '../ml/data/npy-header.js';
import { centralDirectory, localHeader } from '../ml/data/zip-records.js';
import type { PlacedEntry } from '../ml/data/zip-records.js';
import { InternalError } from '../shared/errors.js';

/** An array to be written row by row. */
export interface NpzArray {
  readonly name: string;
  /** numpy's descriptor, as `<f4`. */
  readonly descriptor: string;
  /** Shape of one row; empty for an array of numbers. */
  readonly row: readonly number[];
  /** How many rows there will be; left out when that is known at the end only. */
  readonly rows?: number;
}

/** An array in the file, or, until its length is known, in a file of its own. */
interface OpenArray {
  readonly array: NpzArray;
  readonly file: FileHandle;
  readonly path: string;
  readonly offset: number;
  readonly header: number;
  readonly size: number;
  written: number;
  crc: number;
}

const COPY_BYTES = 4 << 20;

/**
 * An `.npz` that is written piece by piece, all arrays side by side: where each goes is known from the numbers of their rows, so
 * that no more than a piece is ever in memory. Arrays of unknown length wait in files beside it.
 */
export class NpzFile {
  readonly #path: string;
  readonly #file: FileHandle;
  readonly #open = new Map<string, OpenArray>();
  readonly #placed: PlacedEntry[] = [];
  #end = 0;

  private constructor(path: string, file: FileHandle) {
    this.#path = path;
    this.#file = file;
  }

  /** Creates the file and makes room for the arrays. @throws the file system's error. */
  static async create(path: string, arrays: readonly NpzArray[]): Promise<NpzFile> {
    const npz = new NpzFile(path, await open(path, 'w'));
    for (const array of arrays) await npz.#begin(array);
    return npz;
  }

  /** Writes the next bytes of an array. */
  async append(name: string, bytes: Uint8Array): Promise<void> {
    const entry = this.#open.get(name);
    if (!entry) throw new InternalError(`npz: no array '${name}'.`);
    const at = entry.offset + entry.header + entry.written;
    entry.written += bytes.length;
    if (entry.array.rows !== undefined) entry.crc = crc32(bytes, entry.crc);
    await writeAll(entry.file, bytes, at);
  }

  /** Writes the end of the zip, after which the file is whole. @param files entries that are no arrays, by their paths. */
  async finish(files: Readonly<Record<string, Uint8Array>>): Promise<void> {
    for (const entry of [...this.#open.values()]) if (entry.array.rows === undefined) await this.#takeIn(entry);
    for (const entry of this.#open.values()) await this.#seal(entry);
    for (const [path, bytes] of Object.entries(files)) {
      const placed = { path, size: bytes.length, crc: crc32(bytes), offset: this.#end };
      this.#placed.push(placed);
      const header = localHeader(placed);
      await writeAll(this.#file, header, this.#end);
      await writeAll(this.#file, bytes, this.#end + header.length);
      this.#end += header.length + bytes.length;
    }
    await writeAll(this.#file, centralDirectory(this.#placed, this.#end), this.#end);
  }

  /** Closes the file, whole or not, and removes what waited beside it. */
  async close(): Promise<void> {
    await this.#file.close();
    for (const { file, path } of this.#open.values()) {
      if (file === this.#file) continue;
      await file.close();
      await rm(path, { force: true });
    }
  }

  /** An array of known length gets its place, and its headers, but for the checksum. */
  async #begin(array: NpzArray): Promise<void> {
    const { name, rows } = array;
    if (rows === undefined) {
      const path = `${this.#path}.${name}`;
      this.#open.set(name, { array, file: await open(path, 'w+'), path, offset: 0, header: 0, size: 0, written: 0, crc: 0 });
      return;
    }
    const npy = npyHeader(array.descriptor, [rows, ...array.row]);
    const size = npy.length + array.row.reduce((product, side) => product * side, Number(array.descriptor.slice(2))) * rows;
    const local = localHeader({ path: `${name}.npy`, crc: 0, size });
    this.#open.set(name, { array, file: this.#file, path: this.#path, offset: this.#end, header: local.length, size, written: 0, crc: 0 });
    this.#end += local.length + size;
    await this.append(name, npy);
  }

  /** Copies an array whose length is known by now from its own file. */
  async #takeIn({ array, file, path, written }: OpenArray): Promise<void> {
    const rowBytes = array.row.reduce((product, side) => product * side, Number(array.descriptor.slice(2)));
    await this.#begin({ ...array, rows: written / rowBytes });
    const buffer = new Uint8Array(COPY_BYTES);
    for (let at = 0; at < written;) {
      const { bytesRead } = await file.read(buffer, 0, Math.min(buffer.length, written - at), at);
      if (bytesRead === 0) throw new InternalError(`${path}: ends after ${at} of ${written} bytes.`);
      await this.append(array.name, buffer.subarray(0, bytesRead));
      at += bytesRead;
    }
    await file.close();
    await rm(path, { force: true });
  }

  /** Writes the header before an array, now that its checksum is known. */
  async #seal({ array: { name }, offset, size, written, crc }: OpenArray): Promise<void> {
    if (written !== size) throw new InternalError(`npz: ${written} bytes of '${name}' were written, ${size} announced.`);
    const placed = { path: `${name}.npy`, crc, size, offset };
    this.#placed.push(placed);
    await writeAll(this.#file, localHeader(placed), offset);
  }
}

async function writeAll(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let at = 0; at < bytes.length;) at += (await file.write(bytes, at, bytes.length - at, position + at)).bytesWritten;
}
