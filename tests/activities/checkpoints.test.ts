import assert from 'node:assert/strict';
import { clearCheckpoints, newestCheckpoint, saveCheckpoint } from '../../activities/checkpoints.js';
import { MemoryStore } from '../../storage/memory-store.js';

describe('checkpoints', () => {
  const key = 'f'.repeat(64);

  it('come back newest first in the order of their numbers, not of their names', async () => {
    const store = new MemoryStore();
    for (const number of [8, 9, 10]) await saveCheckpoint(store, key, { number, bytes: Uint8Array.of(number, 10, 0), seconds: number / 3 });
    assert.deepEqual(await newestCheckpoint(store, key), { number: 10, bytes: Uint8Array.of(10, 10, 0), seconds: 10 / 3 });
    assert.deepEqual(await store.listDocuments('checkpoints/'), [`checkpoints/${key}/10`, `checkpoints/${key}/9`]);
  });

  it('are passed over when any byte of them has changed', async () => {
    const store = new MemoryStore();
    await saveCheckpoint(store, key, { number: 1, bytes: Uint8Array.of(1, 2, 3), seconds: 0.5 });
    const whole = await store.readDocument(`checkpoints/${key}/1`);
    assert.ok(whole);
    for (let i = 0; i < whole.length; i++) {
      const torn = whole.slice();
      torn[i] = (torn[i] ?? 0) ^ 0x80;
      await store.writeDocument(`checkpoints/${key}/1`, torn);
      assert.equal(await newestCheckpoint(store, key), undefined, `byte ${i}`);
    }
  });

  it('are gone when they are cleared', async () => {
    const store = new MemoryStore();
    assert.equal(await newestCheckpoint(store, key), undefined);
    await saveCheckpoint(store, key, { number: 1, bytes: new Uint8Array(), seconds: 0 });
    await saveCheckpoint(store, 'other', { number: 1, bytes: new Uint8Array(), seconds: 0 });
    await clearCheckpoints(store, key);
    assert.deepEqual(await store.listDocuments('checkpoints/'), ['checkpoints/other/1']);
  });
});
