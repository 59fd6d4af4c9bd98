import type { ArtifactRef } from '../shared/artifact.js';

/** The artifact store: content-addressed, immutable objects and a few named documents. */
export interface ArtifactStore {
  /** Stores bytes under their SHA-256; storing them again changes nothing. */
  put(bytes: Uint8Array, mediaType: string, signal?: AbortSignal): Promise<ArtifactRef>;
  /**
   * Reads an object and verifies its digest.
   * @throws NotFoundError when it is gone; CorruptArtifactError when its bytes have changed.
   */
  get(ref: ArtifactRef, signal?: AbortSignal): Promise<Uint8Array<ArrayBuffer>>;
  /** A verified local file with the object's bytes (read-only), for a child process to read. */
  file(ref: ArtifactRef, signal?: AbortSignal): Promise<string>;
  has(ref: ArtifactRef): Promise<boolean>;

  /** Writes a named document (`steps/<key>.json`, `runs/<id>.json`, `checkpoints/<key>/<n>`), replacing it. */
  writeDocument(name: string, bytes: Uint8Array): Promise<void>;
  /** Its bytes, or undefined. */
  readDocument(name: string): Promise<Uint8Array | undefined>;
  /** Names that begin with `prefix`, in order. */
  listDocuments(prefix: string): Promise<string[]>;
  deleteDocuments(names: readonly string[]): Promise<void>;
}
