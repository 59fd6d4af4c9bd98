import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ArtifactRef } from '../shared/artifact.js';
import { NotFoundError } from '../shared/errors.js';
import type { ArtifactStore } from './artifact-store.js';
import { digestOf } from './digest.js';
import { documentName } from './document-name.js';
import { objectKey } from './object-key.js';
import { readOwnedFile } from './read-owned-file.js';
import { verified } from './verified.js';
import { writeFileAtomically } from './write-file-atomically.js';

/** An artifact store in a local folder, laid out as in the bucket: for work outside a stack, and to read a store's plain copy. */
export class DirectoryStore implements ArtifactStore {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async put(bytes: Uint8Array, mediaType: string): Promise<ArtifactRef> {
    const ref = { digest: digestOf(bytes), bytes: bytes.byteLength, mediaType };
    if (!(await this.has(ref))) await writeFileAtomically(this.#path(ref), bytes, { flush: true });
    return ref;
  }

  async get(ref: ArtifactRef, signal?: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = await readOwnedFile(this.#path(ref), signal);
    if (!bytes) throw new NotFoundError(`${this.#path(ref)}: no such object.`);
    return verified(bytes, ref, this.#path(ref));
  }

  async file(ref: ArtifactRef, signal?: AbortSignal): Promise<string> {
    await this.get(ref, signal);
    return this.#path(ref);
  }

  async has(ref: ArtifactRef): Promise<boolean> {
    const found = await stat(this.#path(ref)).catch(undefinedWhenGone);
    return found?.size === ref.bytes;
  }

  async writeDocument(name: string, bytes: Uint8Array): Promise<void> {
    await writeFileAtomically(join(this.#folder, documentName(name)), bytes, { flush: true });
  }

  async readDocument(name: string): Promise<Uint8Array | undefined> {
    return readOwnedFile(join(this.#folder, documentName(name)));
  }

  async listDocuments(prefix: string): Promise<string[]> {
    const folder = prefix.slice(0, prefix.lastIndexOf('/') + 1);
    const entries = await readdir(join(this.#folder, folder), { recursive: true, withFileTypes: true }).catch(undefinedWhenGone);
    return (entries ?? [])
      .filter((entry) => entry.isFile() && !entry.name.endsWith('.tmp'))
      .map((entry) => join(entry.parentPath, entry.name).slice(this.#folder.length).replace(/^\/+/, ''))
      .filter((name) => name.startsWith(prefix))
      .sort();
  }

  async deleteDocuments(names: readonly string[]): Promise<void> {
    await Promise.all(names.map((name) => rm(join(this.#folder, documentName(name)), { force: true })));
  }

  #path(ref: ArtifactRef): string {
    return join(this.#folder, objectKey(ref.digest));
  }
}

function undefinedWhenGone(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT') return undefined;
  throw error;
}
