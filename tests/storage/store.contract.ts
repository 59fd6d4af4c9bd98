import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import type { ArtifactRef } from '../../shared/artifact.js';
import { MEDIA } from '../../shared/artifact.js';
import { NotFoundError } from '../../shared/errors.js';
import type { ArtifactStore } from '../../storage/artifact-store.js';
import { digestOf } from '../../storage/digest.js';

/** What every artifact store owes its callers. Objects are new on each call, so that suites may share one bucket. */
export function testStoreContract(name: string, open: () => ArtifactStore): void {
  let count = 0;
  const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(`${name} ${(count += 1)} ${text}`);

  describe(`${name}: the contract of every store`, () => {
    it('gives back the bytes that were put, in a buffer of their own', async () => {
      const bytes = bytesOf('seven');
      const ref = await open().put(bytes, MEDIA.binary);
      assert.deepEqual(ref, { digest: digestOf(bytes), bytes: bytes.byteLength, mediaType: MEDIA.binary });
      const read = await open().get(ref);
      assert.deepEqual(new Uint8Array(read), bytes);
      assert.equal(read.buffer.byteLength, read.byteLength);
      structuredClone(read, { transfer: [read.buffer] });
      assert.deepEqual(new Uint8Array(await open().get(ref)), bytes);
    });

    it('keeps an object when the caller changes its own array afterwards', async () => {
      const bytes = bytesOf('mutable');
      const copy = bytes.slice();
      const ref = await open().put(bytes, MEDIA.binary);
      bytes.fill(0);
      assert.deepEqual(new Uint8Array(await open().get(ref)), copy);
    });

    it('answers the same reference when the same bytes are put again', async () => {
      const bytes = bytesOf('again');
      assert.deepEqual(await open().put(bytes, MEDIA.npy), await open().put(bytes.slice(), MEDIA.npy));
    });

    it('keeps an object of no bytes', async () => {
      const ref = await open().put(new Uint8Array(), MEDIA.binary);
      assert.equal((await open().get(ref)).byteLength, 0);
      assert.equal(await open().has(ref), true);
    });

    it('keeps an object of five million bytes', async () => {
      const bytes = Uint8Array.from({ length: 5_000_000 }, (_, i) => (i * 31 + (i >> 8)) & 255);
      const ref = await open().put(bytes, MEDIA.binary);
      assert.equal(digestOf(await open().get(ref)), ref.digest);
    });

    it('gives a local file with the bytes', async () => {
      const bytes = bytesOf('file');
      const ref = await open().put(bytes, MEDIA.binary);
      assert.deepEqual(new Uint8Array(await readFile(await open().file(ref))), bytes);
    });

    it('throws NotFoundError with the key for an object that was never put', async () => {
      const ref: ArtifactRef = { digest: digestOf(bytesOf('absent')), bytes: 3, mediaType: MEDIA.binary };
      const names = (error: unknown): boolean => error instanceof NotFoundError && error.message.includes(ref.digest);
      await assert.rejects(open().get(ref), names);
      await assert.rejects(open().file(ref), names);
      assert.equal(await open().has(ref), false);
    });

    it('has an object only at the size that the reference states', async () => {
      const ref = await open().put(bytesOf('size'), MEDIA.binary);
      assert.equal(await open().has(ref), true);
      assert.equal(await open().has({ ...ref, bytes: ref.bytes + 1 }), false);
    });

    it('refuses a digest that could leave its folder', async () => {
      const ref: ArtifactRef = { digest: '../../etc/passwd', bytes: 1, mediaType: MEDIA.binary };
      await assert.rejects(async () => open().get(ref), TypeError);
    });

    it('replaces, reads, lists and deletes documents', async () => {
      const folder = `checkpoints/${name.replace(/\W/g, '')}${(count += 1)}`;
      const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
      assert.equal(await open().readDocument(`${folder}/1`), undefined);
      await open().writeDocument(`${folder}/2`, encode('two'));
      await open().writeDocument(`${folder}/1`, encode('one'));
      await open().writeDocument(`${folder}/1`, encode('uno'));
      assert.equal(new TextDecoder().decode(await open().readDocument(`${folder}/1`)), 'uno');
      assert.deepEqual(await open().listDocuments(`${folder}/`), [`${folder}/1`, `${folder}/2`]);
      await open().deleteDocuments([`${folder}/1`, `${folder}/3`]);
      assert.deepEqual(await open().listDocuments(`${folder}/`), [`${folder}/2`]);
      await open().deleteDocuments([]);
    });

    it('lists nothing where nothing was written', async () => {
      assert.deepEqual(await open().listDocuments('checkpoints/nothing-here/'), []);
    });

    it('refuses a document outside its folders', async () => {
      await assert.rejects(async () => open().writeDocument('objects/sha256/aa/x', new Uint8Array()), TypeError);
      await assert.rejects(async () => open().writeDocument('runs/../steps/x', new Uint8Array()), TypeError);
    });
  });
}
