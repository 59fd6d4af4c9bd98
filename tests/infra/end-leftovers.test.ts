import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { processIdentity, isAlive } from '../../infra/process/process-identity.js';
import { endLeftovers } from '../../infra/stack/end-leftovers.js';
import { readStackState, writeStackState } from '../../infra/stack/stack-state.js';
import { temporaryFolder } from '../support/temporary-folder.js';

describe('ending what a state file names', () => {
  const folder = temporaryFolder();

  it('ends its processes and nobody who got one of their pids', async () => {
    const [mine, stranger] = [spawn('sleep', ['60']), spawn('sleep', ['60'])];
    try {
      const [mineNow, strangerNow] = [processIdentity(mine.pid ?? 0), processIdentity(stranger.pid ?? 0)];
      assert.ok(mineNow && strangerNow);
      writeStackState(folder(), {
        supervisor: { pid: stranger.pid ?? 0, startTime: '1' },
        ready: true,
        build: '',
        addresses: { temporal: '', namespace: '', region: '', bucket: '' },
        parts: { s3: mineNow, temporal: { ...strangerNow, startTime: '1' } },
      });
      assert.deepEqual(await endLeftovers(folder()), ['s3', 'temporal']);
      assert.equal(isAlive(mineNow), false);
      assert.equal(isAlive(strangerNow), true);
      assert.equal(readStackState(folder()), undefined);
    } finally {
      for (const child of [mine, stranger]) child.kill('SIGKILL');
    }
  });

  it('has nothing to do where no stack was', async () => {
    assert.equal(await endLeftovers(folder()), undefined);
  });
});
