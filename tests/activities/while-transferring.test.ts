import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { ProgressState } from '../../activities/bridge/progress-state.js';
import { whileTransferring } from '../../activities/while-transferring.js';
import { until } from '../support/until.js';

describe('whileTransferring', () => {
  it('keeps a transfer that lasts from passing for a hang, and hands on what it brought', async () => {
    const state = new ProgressState();
    const moves: number[] = [];
    const answer = await whileTransferring(state, async () => {
      await until(() => state.moves >= 2 && moves.push(state.moves));
      return 'bytes';
    }, 60_000);
    assert.equal(answer, 'bytes');
    assert.ok((moves[0] ?? 0) >= 2);
  });

  it('stops after its limit, so that a transfer which never ends is a hang', async () => {
    const state = new ProgressState();
    await whileTransferring(state, async () => {
      await sleep(200); // four times the limit
      const stopped = state.moves;
      await sleep(200);
      assert.equal(state.moves, stopped);
    }, 50);
  });

  it('leaves no timer behind when the transfer fails', async () => {
    const state = new ProgressState();
    await assert.rejects(whileTransferring(state, () => Promise.reject(new Error('gone')), 40), /gone/);
    const after = state.moves;
    await sleep(60);
    assert.equal(state.moves, after);
  });
});
