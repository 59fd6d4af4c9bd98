import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MEDIA } from '../../shared/artifact.js';
import { CorruptArtifactError } from '../../shared/errors.js';
import { ensureBucket } from '../../storage/connect.js';
import { DiskCache } from '../../storage/disk-cache.js';
import { objectKey } from '../../storage/object-key.js';
import { S3Store } from '../../storage/s3-store.js';
import type { S3Server } from '../support/versitygw.js';
import { startVersitygw } from '../support/versitygw.js';
import { testStoreContract } from './store.contract.js';

describe('S3Store on a real S3 server', () => {
  let server: S3Server;
  let folder: string;
  let store: S3Store;
  const openStore = (cacheFolder: string): S3Store =>
    new S3Store({ client: server.client, bucket: server.settings.bucket, cache: new DiskCache({ folder: join(folder, cacheFolder) }), multipartBytes: 6_000_000 });
  const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'digitloom-s3-cache-'));
    server = await startVersitygw();
    store = openStore('main');
  });
  after(async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  testStoreContract('s3', () => store);

  let fresh = 0;
  testStoreContract('s3 through an empty cache', () => openStore(`fresh-${(fresh += 1)}`));

  it('names bucket and key of an object whose bytes have changed in the bucket', async () => {
    const ref = await store.put(encode('sound'), MEDIA.binary);
    await writeFile(join(server.bucketFolder, objectKey(ref.digest)), 'fault');
    const named = (error: unknown): boolean =>
      error instanceof CorruptArtifactError && error.message.includes(`s3://digitloom/${objectKey(ref.digest)}`);
    await assert.rejects(openStore('other').get(ref), named);
    await assert.rejects(openStore('other').file(ref), named);
  });

  it('fetches an object again when its copy in the cache has changed', async () => {
    const bytes = encode('cached');
    const ref = await store.put(bytes, MEDIA.binary);
    const cached = await store.file(ref);
    await writeFile(cached, 'CACHED');
    assert.deepEqual(new Uint8Array(await store.get(ref)), bytes);
    assert.deepEqual(new Uint8Array(await readFile(cached)), bytes);
  });

  it('answers from the cache while the server is away, and comes back with it', async () => {
    const known = await store.put(encode('known'), MEDIA.binary);
    await server.kill();
    assert.equal(new TextDecoder().decode(await store.get(known)), 'known');
    const restarted = server.restart();
    const ref = await store.put(encode('put while the server was down'), MEDIA.binary);
    await restarted;
    assert.equal(await store.has(ref), true);
  });

  it('does not have an object that is gone from the bucket, and puts it back', async () => {
    const bytes = encode('deleted');
    const ref = await store.put(bytes, MEDIA.binary);
    await rm(join(server.bucketFolder, objectKey(ref.digest)));
    assert.equal(await store.has(ref), false);
    await store.put(bytes, MEDIA.binary);
    assert.deepEqual(new Uint8Array(await openStore('another').get(ref)), bytes);
  });

  it('puts a large object in parts', async () => {
    const bytes = Uint8Array.from({ length: 12_000_000 }, (_, i) => (i * 7 + (i >> 10)) & 255);
    const ref = await store.put(bytes, MEDIA.binary);
    assert.equal(Buffer.compare(await openStore('parts').get(ref), bytes), 0);
  });

  it('stops reading when it is told to', async () => {
    const ref = await store.put(encode('aborted'), MEDIA.binary);
    await assert.rejects(openStore('aborting').get(ref, AbortSignal.abort()), { name: 'AbortError' });
  });

  it('makes a bucket once, whoever asks', async () => {
    await Promise.all([1, 2, 3].map(() => ensureBucket(server.client, 'another-bucket')));
    await ensureBucket(server.client, 'another-bucket');
  });
});
