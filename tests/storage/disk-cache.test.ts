import assert from 'node:assert/strict';
import { mkdtemp, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { digestOf } from '../../storage/digest.js';
import { DiskCache } from '../../storage/disk-cache.js';

describe('DiskCache', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'digitloom-cache-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const object = (fill: number): { digest: string; bytes: Uint8Array } => {
    const bytes = new Uint8Array(1000).fill(fill);
    return { digest: digestOf(bytes), bytes };
  };
  const usedAt = async (cache: DiskCache, digest: string, seconds: number): Promise<void> => utimes(cache.path(digest), seconds, seconds);

  it('lets the least recently used objects go when it is full', async () => {
    const cache = new DiskCache({ folder, limitBytes: 3000 });
    const [a, b, c, d] = [object(1), object(2), object(3), object(4)] as const;
    for (const { digest, bytes } of [a, b, c]) await cache.write(digest, bytes);
    await usedAt(cache, a.digest, 1000);
    await usedAt(cache, b.digest, 2000);
    assert.ok(await cache.read(a.digest), 'reading makes it the most recently used');
    await cache.write(d.digest, d.bytes);
    assert.equal(await cache.read(b.digest), undefined);
    assert.ok(await cache.read(a.digest));
    assert.ok(await cache.read(d.digest));
  });

  it('counts what another process has written to the same folder', async () => {
    const one = new DiskCache({ folder, limitBytes: 3000 });
    const two = new DiskCache({ folder, limitBytes: 3000 });
    const objects = Array.from({ length: 8 }, (_, i) => object(i));
    for (const [i, { digest, bytes }] of objects.entries()) await (i % 2 ? one : two).write(digest, bytes);
    const kept = await Promise.all(objects.map(({ digest }) => one.read(digest)));
    assert.ok(kept.filter(Boolean).length <= 3);
    assert.ok(kept.at(-1));
  });

  it('keeps the newest object even when it alone is larger than the cache', async () => {
    const cache = new DiskCache({ folder, limitBytes: 10 });
    const { digest, bytes } = object(5);
    await cache.write(digest, bytes);
    assert.ok(await cache.read(digest));
  });
});
