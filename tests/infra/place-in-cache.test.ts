import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { placeInCache, removeAbandonedStaging } from '../../infra/provision/place-in-cache.js';
import { temporaryFolder } from '../support/temporary-folder.js';

describe('placing a part in the cache', () => {
  const cache = temporaryFolder();
  const fill = (text: string) => (staging: string): Promise<void> => {
    writeFileSync(join(staging, 'part'), text);
    return Promise.resolve();
  };

  it('shows the folder only when it is whole', async () => {
    const folder = join(cache(), 'part-1.0');
    await placeInCache(folder, ['part'], async (staging) => {
      await fill('whole')(staging);
      assert.ok(!readdirSync(cache()).includes('part-1.0'));
    });
    assert.equal(readFileSync(join(folder, 'part'), 'utf8'), 'whole');
    assert.deepEqual(readdirSync(cache()), ['part-1.0']);
  });

  it('leaves nothing behind when filling fails', async () => {
    const failing = placeInCache(join(cache(), 'part-1.0'), ['part'], async (staging) => {
      await fill('half')(staging);
      throw new Error('the line went dead');
    });
    await assert.rejects(failing, /the line went dead/);
    assert.deepEqual(readdirSync(cache()), []);
  });

  it('refuses a folder that lacks an expected file, and leaves nothing behind', async () => {
    await assert.rejects(placeInCache(join(cache(), 'part-1.0'), ['part', 'other'], fill('some')), /would lack other/);
    assert.deepEqual(readdirSync(cache()), []);
  });

  it('replaces a folder that is not whole', async () => {
    mkdirSync(join(cache(), 'part-1.0'));
    writeFileSync(join(cache(), 'part-1.0/debris'), '');
    await placeInCache(join(cache(), 'part-1.0'), ['part'], fill('whole'));
    assert.deepEqual(readdirSync(join(cache(), 'part-1.0')), ['part']);
  });

  it('removes the staging folders of dead processes and keeps those of living ones', async () => {
    mkdirSync(join(cache(), '.staging-4194304-123-abc'));
    mkdirSync(join(cache(), 'part-1.0'));
    await placeInCache(join(cache(), 'part-2.0'), ['part'], async (staging) => {
      await removeAbandonedStaging(cache());
      await fill('whole')(staging);
    });
    assert.deepEqual(readdirSync(cache()).sort(), ['part-1.0', 'part-2.0']);
  });
});
