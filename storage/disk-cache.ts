import { mkdir, readdir, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { digestOf } from './digest.js';
import { readOwnedFile } from './read-owned-file.js';
import { writeFileAtomically } from './write-file-atomically.js';

/** Settings of a {@link DiskCache}. */
export interface DiskCacheOptions {
  readonly folder: string;
  /** Bytes kept. @default 4 GiB */
  readonly limitBytes?: number;
}

const DEFAULT_LIMIT = 4 * 1024 ** 3;
const STALE_TEMPORARY_MS = 3_600_000;

/**
 * Objects on the local disk, each named by its digest and checked when read. The least recently used leave first. Several
 * processes may share one folder: the time of a file's last use is its mtime, and a file that is gone is merely a miss.
 */
export class DiskCache {
  readonly #folder: string;
  readonly #limit: number;
  #knownBytes = 0;
  #bytesSinceScan = Infinity;
  #scan: Promise<void> | undefined;

  constructor({ folder, limitBytes = DEFAULT_LIMIT }: DiskCacheOptions) {
    this.#folder = folder;
    this.#limit = limitBytes;
  }

  path(digest: string): string {
    return join(this.#folder, digest.slice(0, 2), digest);
  }

  /** The bytes of that digest, or undefined; a file whose bytes have changed is removed. */
  async read(digest: string, signal?: AbortSignal): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const path = this.path(digest);
    const bytes = await readOwnedFile(path, signal);
    if (!bytes) return undefined;
    if (digestOf(bytes) !== digest) {
      await rm(path, { force: true });
      return undefined;
    }
    const now = new Date();
    await utimes(path, now, now).catch(ignoreGone);
    return bytes;
  }

  /** Keeps bytes; they leave again when the cache is full. An object larger than the whole cache is kept until the next write. */
  async write(digest: string, bytes: Uint8Array): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    await writeFileAtomically(this.path(digest), bytes, { flush: false });
    this.#knownBytes += bytes.byteLength;
    this.#bytesSinceScan += bytes.byteLength;
    if (this.#knownBytes > this.#limit || this.#bytesSinceScan > this.#limit / 16) await this.#evict(digest);
  }

  #evict(newest: string): Promise<void> {
    this.#scan ??= this.#scanAndEvict(newest).finally(() => (this.#scan = undefined));
    return this.#scan;
  }

  async #scanAndEvict(newest: string): Promise<void> {
    const files: { path: string; bytes: number; usedAt: number }[] = [];
    for (const entry of await readdir(this.#folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const path = join(entry.parentPath, entry.name);
      const found = await stat(path).catch(ignoreGone);
      if (!found) continue;
      if (!entry.name.endsWith('.tmp')) files.push({ path, bytes: found.size, usedAt: found.mtimeMs });
      else if (Date.now() - found.mtimeMs > STALE_TEMPORARY_MS) await rm(path, { force: true });
    }
    files.sort((a, b) => a.usedAt - b.usedAt);
    let total = files.reduce((sum, file) => sum + file.bytes, 0);
    for (const file of files) {
      if (total <= this.#limit) break;
      if (file.path === this.path(newest)) continue;
      await rm(file.path, { force: true });
      total -= file.bytes;
    }
    this.#knownBytes = total;
    this.#bytesSinceScan = 0;
  }
}

/** Another process that shares the folder may have evicted the file meanwhile. */
function ignoreGone(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT') return undefined;
  throw error;
}
