import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeAbandonedStaging, stageFiles, withStaging } from '../../activities/staging.js';
import { MEDIA } from '../../shared/artifact.js';
import { MemoryStore } from '../../storage/memory-store.js';

describe('staging', () => {
  let parent: string;
  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), 'digitloom-staging-'));
  });
  afterEach(() => rm(parent, { recursive: true, force: true }));

  it('is gone after the work, also when that failed', async () => {
    await withStaging(parent, async (folder) => assert.deepEqual(await readdir(folder), []));
    await assert.rejects(withStaging(parent, () => Promise.reject(new Error('no'))), /no/);
    assert.deepEqual(await readdir(parent), []);
  });

  it('of a process that is gone is removed, and no other', async () => {
    const { pid: gone } = spawnSync(process.execPath, ['--version']);
    for (const name of [`attempt-${gone}-x`, `attempt-${process.pid}-x`, 'attempt-1-x', 'something-else']) await mkdir(join(parent, name));
    await removeAbandonedStaging(parent);
    assert.deepEqual((await readdir(parent)).sort(), [`attempt-${process.pid}-x`, 'attempt-1-x', 'something-else'].sort());
  });

  it('holds files that outlive their eviction from the cache', async () => {
    const store = new MemoryStore();
    const ref = await store.put(Uint8Array.of(1, 2), MEDIA.binary);
    let done = 0;
    const files = await stageFiles(store, { x: [ref, ref] }, parent, { signal: new AbortController().signal, done: () => (done += 1) });
    await rm(await store.file(ref));
    assert.equal(done, 2);
    assert.deepEqual([...(await readFile(files['x']?.[1] ?? ''))], [1, 2]);
    await store.close();
  });
});
