import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { endProcess, signalProcess } from '../../infra/process/end-process.js';
import { isAlive, processIdentity, type ProcessIdentity } from '../../infra/process/process-identity.js';

describe('process identity', () => {
  let child: ChildProcess;

  function start(program: string, ...args: string[]): ProcessIdentity {
    child = spawn(program, args, { stdio: ['ignore', 'pipe', 'ignore'], detached: true });
    const identity = processIdentity(child.pid ?? 0);
    assert.ok(identity);
    return identity;
  }

  afterEach(() => child.kill('SIGKILL'));

  it('tells a running process from a later one with its pid', () => {
    const identity = start('sleep', '60');
    assert.equal(isAlive(identity), true);
    assert.equal(isAlive({ ...identity, startTime: '1' }), false);
  });

  it('finds no process where none has that pid', () => {
    start('sleep', '60');
    assert.equal(processIdentity(2 ** 22 + 1), undefined);
  });

  it('never signals or ends a process that merely got the pid', async () => {
    const stranger = { ...start('sleep', '60'), startTime: '1' };
    assert.equal(signalProcess(stranger, 'SIGKILL'), false);
    await endProcess(stranger, 0);
    assert.equal(child.exitCode ?? child.signalCode, null);
  });

  it('ends a process gently where it listens', async () => {
    const identity = start('sleep', '60');
    const exited = once(child, 'exit');
    await endProcess(identity, 10_000);
    assert.deepEqual(await exited, [null, 'SIGTERM']);
    assert.equal(isAlive(identity), false);
  });

  it('ends one that does not listen by force, with its children', async () => {
    const identity = start('sh', '-c', 'trap "" TERM; sleep 60 & echo $!; wait; wait');
    const [line] = (await once(child.stdout ?? assert.fail('no output'), 'data')) as [Buffer];
    const grandchild = processIdentity(Number(line.toString()));
    assert.ok(grandchild);
    await endProcess(identity, 200);
    assert.equal(isAlive(identity), false);
    assert.equal(isAlive(grandchild), false);
  });
});
