import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MEDIA } from '../../shared/artifact.js';
import { CorruptArtifactError } from '../../shared/errors.js';
import { DirectoryStore } from '../../storage/directory-store.js';
import { objectKey } from '../../storage/object-key.js';
import { testStoreContract } from './store.contract.js';

describe('DirectoryStore', () => {
  let folder: string;
  let store: DirectoryStore;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'digitloom-directory-'));
    store = new DirectoryStore(folder);
  });
  after(() => rm(folder, { recursive: true, force: true }));
  testStoreContract('directory', () => store);

  it('names the file of an object whose bytes have changed', async () => {
    const ref = await store.put(new TextEncoder().encode('a sound object'), MEDIA.binary);
    await writeFile(join(folder, objectKey(ref.digest)), 'a faulty object');
    await assert.rejects(store.get(ref), (error) => error instanceof CorruptArtifactError && error.message.includes(objectKey(ref.digest)));
    await assert.rejects(store.file(ref), CorruptArtifactError);
  });

  it('leaves no temporary file when twenty writers put the same object', async () => {
    const bytes = new TextEncoder().encode('contended');
    const refs = await Promise.all(Array.from({ length: 20 }, () => store.put(bytes, MEDIA.binary)));
    const { digest } = refs[0] ?? { digest: '' };
    assert.deepEqual(await readdir(join(folder, 'objects', 'sha256', digest.slice(0, 2))), [digest]);
  });
});
