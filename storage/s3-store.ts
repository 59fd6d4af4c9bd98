import {
  DeleteObjectsCommand, GetObjectCommand, HeadObjectCommand, ListObjectsV2Command, PutObjectCommand, S3ServiceException,
} from '@aws-sdk/client-s3';
import type { S3Client } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import type { ArtifactRef } from '../shared/artifact.js';
import { NotFoundError } from '../shared/errors.js';
import type { ArtifactStore } from './artifact-store.js';
import { digestOf } from './digest.js';
import type { DiskCache } from './disk-cache.js';
import { documentName } from './document-name.js';
import { objectKey } from './object-key.js';
import { readBody } from './read-body.js';
import { verified } from './verified.js';

/** What an {@link S3Store} works on. */
export interface S3StoreDeps {
  readonly client: S3Client;
  readonly bucket: string;
  readonly cache: DiskCache;
  /** Objects above this go up in parts. @default 100 MB */
  readonly multipartBytes?: number;
}

const DELETE_BATCH = 1000;

/** The artifact store in an S3-compatible bucket, read through a cache on disk. */
export class S3Store implements ArtifactStore {
  readonly #client: S3Client;
  readonly #bucket: string;
  readonly #cache: DiskCache;
  readonly #multipartBytes: number;

  constructor({ client, bucket, cache, multipartBytes = 100_000_000 }: S3StoreDeps) {
    this.#client = client;
    this.#bucket = bucket;
    this.#cache = cache;
    this.#multipartBytes = multipartBytes;
  }

  async put(bytes: Uint8Array, mediaType: string, signal?: AbortSignal): Promise<ArtifactRef> {
    const ref: ArtifactRef = { digest: digestOf(bytes), bytes: bytes.byteLength, mediaType };
    if (!(await this.has(ref))) await this.#upload(objectKey(ref.digest), bytes, mediaType, signal);
    await this.#cache.write(ref.digest, bytes);
    return ref;
  }

  async get(ref: ArtifactRef, signal?: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
    return (await this.#cache.read(ref.digest, signal)) ?? this.#fetch(ref, signal);
  }

  async file(ref: ArtifactRef, signal?: AbortSignal): Promise<string> {
    if (!(await this.#cache.read(ref.digest, signal))) await this.#fetch(ref, signal);
    return this.#cache.path(ref.digest);
  }

  async has(ref: ArtifactRef): Promise<boolean> {
    try {
      const head = await this.#client.send(new HeadObjectCommand({ Bucket: this.#bucket, Key: objectKey(ref.digest) }));
      return head.ContentLength === ref.bytes;
    } catch (error) {
      if (isGone(error)) return false;
      throw error;
    }
  }

  async writeDocument(name: string, bytes: Uint8Array): Promise<void> {
    await this.#upload(documentName(name), bytes, name.endsWith('.json') ? 'application/json' : 'application/octet-stream');
  }

  async readDocument(name: string): Promise<Uint8Array | undefined> {
    return this.#read(documentName(name));
  }

  async listDocuments(prefix: string): Promise<string[]> {
    const names: string[] = [];
    let token: string | undefined;
    do {
      const page = await this.#client.send(
        new ListObjectsV2Command({ Bucket: this.#bucket, Prefix: prefix, ...(token ? { ContinuationToken: token } : {}) }),
      );
      for (const { Key } of page.Contents ?? []) if (Key && !Key.endsWith('/')) names.push(Key);
      token = page.NextContinuationToken;
    } while (token);
    return names.sort();
  }

  async deleteDocuments(names: readonly string[]): Promise<void> {
    for (let from = 0; from < names.length; from += DELETE_BATCH) {
      const Objects = names.slice(from, from + DELETE_BATCH).map((name) => ({ Key: documentName(name) }));
      const { Errors = [] } = await this.#client.send(
        new DeleteObjectsCommand({ Bucket: this.#bucket, Delete: { Objects, Quiet: true } }),
      );
      const first = Errors.find(({ Code }) => Code !== 'NoSuchKey');
      // Not one of our classes: a server that is busy may obey the next time, so the attempt is to be repeated.
      if (first) throw new Error(`s3://${this.#bucket}/${first.Key ?? ''} could not be deleted: ${first.Message ?? first.Code ?? 'no reason given'}.`);
    }
  }

  async #fetch(ref: ArtifactRef, signal?: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
    const key = objectKey(ref.digest);
    const place = `s3://${this.#bucket}/${key}`;
    const bytes = await this.#read(key, signal);
    if (!bytes) throw new NotFoundError(`${place}: no such object. It was deleted, or the store is another one.`);
    verified(bytes, ref, place);
    await this.#cache.write(ref.digest, bytes);
    return bytes;
  }

  async #read(key: string, signal?: AbortSignal): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const command = (): GetObjectCommand => new GetObjectCommand({ Bucket: this.#bucket, Key: key });
    try {
      return await readBody(() => this.#client.send(command(), signal ? { abortSignal: signal } : {}), signal);
    } catch (error) {
      if (isGone(error)) return undefined;
      throw error;
    }
  }

  async #upload(key: string, bytes: Uint8Array, mediaType: string, signal?: AbortSignal): Promise<void> {
    const params = { Bucket: this.#bucket, Key: key, Body: bytes, ContentType: mediaType };
    if (bytes.byteLength <= this.#multipartBytes) {
      await this.#client.send(new PutObjectCommand(params), signal ? { abortSignal: signal } : {});
      return;
    }
    const upload = new Upload({ client: this.#client, params });
    const abort = (): void => void upload.abort();
    signal?.addEventListener('abort', abort, { once: true });
    try {
      signal?.throwIfAborted();
      await upload.done();
    } finally {
      signal?.removeEventListener('abort', abort);
    }
  }
}

function isGone(error: unknown): boolean {
  return error instanceof S3ServiceException && (error.name === 'NoSuchKey' || error.$metadata.httpStatusCode === 404);
}
