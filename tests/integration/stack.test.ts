import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { isAlive, type ProcessIdentity } from '../../infra/process/process-identity.js';
import { endLeftovers } from '../../infra/stack/end-leftovers.js';
import { ForeignStackError } from '../../infra/stack/foreign-stack-error.js';
import { renewWorkers } from '../../infra/stack/renew-workers.js';
import { readStackState, writeStackState } from '../../infra/stack/stack-state.js';
import { runningStack, startDetached } from '../../infra/stack/start-detached.js';
import { startStack } from '../../infra/stack/start-stack.js';
import type { Stack } from '../../infra/stack/stack.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { until } from '../support/until.js';

const SUPERVISOR = fileURLToPath(new URL('../../infra/stack/supervisor.js', import.meta.url));
const START_STACK = new URL('../../infra/stack/start-stack.js', import.meta.url).href;
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(TEMPORAL|AWS)_/.test(name)));

const LIMIT_MS = 60_000;

async function withClient<T>(address: string, use: (client: Client) => Promise<T>): Promise<T> {
  const connection = await Connection.connect({ address });
  try {
    return await use(new Client({ connection }));
  } finally {
    await connection.close();
  }
}

describe('local stack', () => {
  const stateDir = temporaryFolder();
  const start = (options: Partial<Parameters<typeof startStack>[0]> = {}): Promise<Stack> => startStack({ stateDir: stateDir(), workers: false, env, ...options });

  it('restarts a killed Temporal server on its data, and ends everything on stop', async () => {
    const stack = await start();
    const first = stack.parts()['temporal'] ?? assert.fail('no Temporal server');
    try {
      const { temporal } = stack.addresses;
      await withClient(temporal, (client) => client.workflow.start('kept', { taskQueue: 'nobody', workflowId: 'kept' }));
      process.kill(first.pid, 'SIGKILL');
      await until(() => (stack.parts()['temporal']?.pid ?? first.pid) !== first.pid, LIMIT_MS);
      await until(async () => {
        try {
          return await withClient(temporal, async (client) => (await client.workflow.getHandle('kept').describe()).status.name === 'RUNNING');
        } catch (error) {
          assert.match(String(error), /Unavailable|Failed to connect|Failed to describe|DEADLINE/i);
          return false;
        }
      }, LIMIT_MS);
    } finally {
      await stack.stop();
    }
    assert.equal(readStackState(stateDir()), undefined);
    assert.deepEqual(stack.parts(), {});
  });

  it('is joined, not started twice, by whoever comes second', async () => {
    const [a, b] = await Promise.all([start(), start()]);
    const [owner, guest] = a.reused ? [b, a] : [a, b];
    const parts = owner.parts();
    try {
      assert.equal(owner.reused, false);
      assert.equal(guest.reused, true);
      assert.deepEqual(guest.addresses, owner.addresses);
      assert.deepEqual(guest.parts(), parts);
      await guest.stop();
      assert.ok(Object.values(parts).every(isAlive), 'a guest does not stop what it did not start');
    } finally {
      await owner.stop();
    }
    assert.ok(!Object.values(parts).some(isAlive));
  });

  it('does not keep a process alive that has joined it', async () => {
    const owner = await start();
    try {
      const script = `import { startStack } from ${JSON.stringify(START_STACK)}; const { reused } = await startStack(${JSON.stringify({ stateDir: stateDir(), workers: false })}); console.log(reused);`;
      const guest = spawn(process.execPath, ['--input-type=module', '-e', script], { env, stdio: ['ignore', 'pipe', 'inherit'] });
      let said = '';
      guest.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
      const timer = setTimeout(() => guest.kill('SIGKILL'), LIMIT_MS / 2);
      const [code] = (await once(guest, 'close')) as [number | null];
      clearTimeout(timer);
      assert.deepEqual([code, said.trim()], [0, 'true']);
    } finally {
      await owner.stop();
    }
  });

  it('leaves a stranger on its port alone', async () => {
    const stranger = createServer((socket) => socket.end('mine\n')).listen(0, '127.0.0.1');
    await once(stranger, 'listening');
    const { port } = stranger.address() as AddressInfo;
    const stack = await start({ ports: { temporal: port, s3: port } });
    try {
      assert.notEqual(stack.addresses.temporal, `127.0.0.1:${port}`);
      assert.notEqual(stack.addresses.s3, `http://127.0.0.1:${port}`);
      assert.equal(stranger.listening, true);
    } finally {
      await stack.stop();
      stranger.close();
    }
  });

  it('starts nothing where both addresses are given, and uses those servers', async () => {
    const theirs = await start();
    const stack = await startStack({ stateDir: `${stateDir()}/other`, env: { ...env, ...theirs.env } });
    try {
      assert.deepEqual(stack.parts(), {});
      assert.equal(stack.addresses.temporal, theirs.addresses.temporal);
      await stack.stop();
      assert.ok(Object.values(theirs.parts()).every(isAlive));
    } finally {
      await theirs.stop();
    }
  });

  it('outlives the process that called for it, and ends with down', async () => {
    const { supervisor, parts } = await startDetached(stateDir(), false);
    try {
      assert.ok([supervisor, ...Object.values(parts)].every(isAlive));
      assert.deepEqual((await startDetached(stateDir(), false)).supervisor, supervisor);
    } finally {
      assert.deepEqual(await endLeftovers(stateDir()), ['temporal', 's3']);
    }
    assert.ok(![supervisor, ...Object.values(parts)].some(isAlive));
    assert.equal(runningStack(stateDir()), undefined);
  });

  it('restarts the workers, and no server, when a client runs a newer build', async () => {
    let build = 'first';
    const stack = await start({ workers: ['cpu'], build: () => build });
    try {
      assert.equal(await renewWorkers(stateDir(), 'first'), undefined, 'nothing to do on the same build');
      const old = stack.parts();
      build = 'second';
      const [one, two] = await Promise.all([renewWorkers(stateDir(), 'second'), renewWorkers(stateDir(), 'second')]);
      assert.ok(one !== undefined && two !== undefined, 'both callers wait');
      const { temporal, s3, 'worker-cpu': worker } = stack.parts();
      assert.deepEqual([temporal, s3], [old['temporal'], old['s3']]);
      assert.ok(worker && isAlive(worker) && worker.pid !== old['worker-cpu']?.pid);
      assert.ok(!isAlive(old['worker-cpu'] as ProcessIdentity));
      assert.equal(readStackState(stateDir())?.build, 'second');
      assert.equal(await renewWorkers(stateDir(), 'second'), undefined);
    } finally {
      await stack.stop();
    }
  });

  it('refuses workers of another checkout, and a supervisor that cannot restart them, with the remedy', async () => {
    const stack = await start();
    try {
      const state = readStackState(stateDir()) ?? assert.fail('no state');
      const { supervisor, addresses } = state;
      const old = { supervisor, addresses, ready: true, build: 'old', parts: { ...state.parts, 'worker-cpu': supervisor } };
      for (const [changed, reason] of [[{ ...old, renewSignal: 'SIGUSR2', checkout: '/elsewhere' }, /the checkout \/elsewhere/], [old, /too old/]] as const) {
        writeStackState(stateDir(), changed);
        await assert.rejects(renewWorkers(stateDir(), 'new'), (error) => error instanceof ForeignStackError && reason.test(error.message) && /digitloom down --state-dir/.test(error.message));
      }
    } finally {
      await stack.stop();
    }
  });

  it('leaves no orphan when its supervisor is killed', async () => {
    const supervisor = spawn(process.execPath, [SUPERVISOR, '--state-dir', stateDir(), '--no-workers'], { stdio: 'ignore', env });
    let parts: ProcessIdentity[] = [];
    try {
      await until(() => runningStack(stateDir()) !== undefined, LIMIT_MS);
      parts = Object.values(readStackState(stateDir())?.parts ?? {});
      assert.equal(parts.length, 2);
    } finally {
      supervisor.kill('SIGKILL');
    }
    await until(() => !parts.some(isAlive), LIMIT_MS);
  });
});
