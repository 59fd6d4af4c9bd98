import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { lockIsFree, takeLock } from '../../infra/process/named-lock.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { until } from '../support/until.js';

const MODULE = new URL('../../infra/process/named-lock.js', import.meta.url).href;

describe('named lock', () => {
  const folder = temporaryFolder();

  it('has one holder, and another after its release', async () => {
    const first = await takeLock('test', folder());
    assert.ok(first);
    assert.equal(await takeLock('test', folder()), undefined);
    const free = lockIsFree('test', folder());
    first.release();
    await free;
    const second = await takeLock('test', folder());
    assert.ok(second);
    second.release();
  });

  it('keeps purposes and folders apart', async () => {
    const locks = [await takeLock('one', folder()), await takeLock('two', folder()), await takeLock('one', `${folder()}/other`)];
    for (const lock of locks) {
      assert.ok(lock);
      lock.release();
    }
  });

  it('is free as soon as its holder is killed', async () => {
    const script = `const { takeLock } = await import(${JSON.stringify(MODULE)}); await takeLock('test', process.argv[1]); console.log('held'); setInterval(() => {}, 1000);`;
    const holder = spawn(process.execPath, ['--input-type=module', '-e', script, folder()], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(holder.stdout, 'data');
    assert.equal(await takeLock('test', folder()), undefined);
    const free = lockIsFree('test', folder());
    holder.kill('SIGKILL');
    await free;
    // A dying process closes its connections before or after its listening socket, as the kernel likes.
    const lock = await until(() => takeLock('test', folder()), 3_000);
    lock.release();
  });
});
