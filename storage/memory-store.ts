import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ArtifactRef } from '../shared/artifact.js';
import { NotFoundError } from '../shared/errors.js';
import type { ArtifactStore } from './artifact-store.js';
import { digestOf } from './digest.js';
import { documentName } from './document-name.js';
import { objectKey } from './object-key.js';
import { verified } from './verified.js';
import { writeFileAtomically } from './write-file-atomically.js';

/** An artifact store in memory, for tests and for work outside a stack. `file` writes into a temporary folder until `close`. */
export class MemoryStore implements ArtifactStore {
  readonly #objects = new Map<string, Uint8Array<ArrayBuffer>>();
  readonly #documents = new Map<string, Uint8Array<ArrayBuffer>>();
  #folder: Promise<string> | undefined;

  put(bytes: Uint8Array, mediaType: string): Promise<ArtifactRef> {
    const digest = digestOf(bytes);
    if (!this.#objects.has(objectKey(digest))) this.#objects.set(objectKey(digest), new Uint8Array(bytes));
    return Promise.resolve({ digest, bytes: bytes.byteLength, mediaType });
  }

  get(ref: ArtifactRef): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = this.#objects.get(objectKey(ref.digest));
    if (!bytes) return Promise.reject(new NotFoundError(`memory/${objectKey(ref.digest)}: no such object.`));
    return Promise.resolve(verified(new Uint8Array(bytes), ref, `memory/${objectKey(ref.digest)}`));
  }

  async file(ref: ArtifactRef): Promise<string> {
    const bytes = await this.get(ref);
    this.#folder ??= mkdtemp(join(tmpdir(), 'digitloom-memory-'));
    const path = join(await this.#folder, ref.digest);
    await writeFileAtomically(path, bytes, { flush: false });
    return path;
  }

  has(ref: ArtifactRef): Promise<boolean> {
    return Promise.resolve(this.#objects.get(objectKey(ref.digest))?.byteLength === ref.bytes);
  }

  writeDocument(name: string, bytes: Uint8Array): Promise<void> {
    this.#documents.set(documentName(name), new Uint8Array(bytes));
    return Promise.resolve();
  }

  readDocument(name: string): Promise<Uint8Array | undefined> {
    const bytes = this.#documents.get(documentName(name));
    return Promise.resolve(bytes && new Uint8Array(bytes));
  }

  listDocuments(prefix: string): Promise<string[]> {
    return Promise.resolve([...this.#documents.keys()].filter((name) => name.startsWith(prefix)).sort());
  }

  deleteDocuments(names: readonly string[]): Promise<void> {
    for (const name of names) this.#documents.delete(documentName(name));
    return Promise.resolve();
  }

  /** Removes an object, as a lost disk would. */
  lose(ref: ArtifactRef): void {
    this.#objects.delete(objectKey(ref.digest));
  }

  /** Removes the files that `file` wrote. */
  async close(): Promise<void> {
    if (this.#folder) await rm(await this.#folder, { recursive: true, force: true });
    this.#folder = undefined;
  }
}
