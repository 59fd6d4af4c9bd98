import assert from 'node:assert/strict';
import { once, EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive, type ProcessIdentity } from '../../infra/process/process-identity.js';
import { supervise, type SupervisedPart } from '../../infra/stack/supervise.js';
import { temporaryFolder } from '../support/temporary-folder.js';

describe('supervision', () => {
  const folder = temporaryFolder();
  let part: SupervisedPart;
  let changes: EventEmitter;

  function start(script: string): void {
    changes = new EventEmitter();
    const spec = { name: 'part', program: '/bin/sh', args: ['-c', script], env: { PATH: '/usr/bin:/bin', WORD: 'handed down' }, logFile: join(folder(), 'part.log') };
    part = supervise(spec, { onChange: () => changes.emit('change'), log: (line) => changes.emit('line', line) });
  }
  const running = (): ProcessIdentity => part.identity() ?? assert.fail('it does not run');
  afterEach(() => part.stop(0));

  it('starts again what was killed, and says so', async () => {
    start('exec sleep 60');
    const first = running();
    const said = once(changes, 'line');
    process.kill(first.pid, 'SIGKILL');
    assert.match(String(await said), /part ended \(SIGKILL\); it starts again in 1 s/);
    while (!part.identity()) await once(changes, 'change');
    assert.notDeepEqual(running(), first);
    assert.equal(part.failures(), 1);
  });

  it('leaves alone what it was told to stop, even between two starts', async () => {
    start('exit 3');
    await once(changes, 'line');
    await part.stop(0);
    await new Promise((resolve) => setTimeout(resolve, 1200));
    assert.equal(part.identity(), undefined);
    assert.equal(part.failures(), 1);
  });

  it('ends a part for good', async () => {
    start('exec sleep 60');
    const process = running();
    await part.stop(5000);
    assert.equal(isAlive(process), false);
    assert.equal(part.failures(), 0);
  });

  it('writes its output to the log file and gives it only the stated environment', async () => {
    start('echo "$WORD $HOME."; exec sleep 60');
    while (readFileSync(join(folder(), 'part.log'), 'utf8') === '') await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal(readFileSync(join(folder(), 'part.log'), 'utf8'), 'handed down .\n');
  });
});
