import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** What two jobs have written after each step of a script that calls `one`, `two`. */
function written(script: string): string {
  const whole = `import { inTurn } from './infra/bootstrap/in-turn.mjs'; const [one, two] = inTurn(2); ${script}`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', whole], { cwd: ROOT, encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  return stdout;
}

describe('inTurn', () => {
  it('writes what the first job says at once and keeps what the second says until the first has ended', () => {
    assert.equal(written("two.say('c'); one.say('a'); one.say('b')"), 'ab');
    assert.equal(written("two.say('c'); one.say('a'); two.say('d'); one.say('b'); one.end(); two.say('e'); two.end()"), 'abcde');
  });

  it('writes all of a second job that ended before the first', () => {
    assert.equal(written("two.say('c'); two.end(); one.say('a'); one.end()"), 'ac');
  });

  it('lets the first job alone have the terminal', () => {
    assert.equal(written("process.stdout.write(`${one.live} ${two.live}`)"), 'true false');
  });
});
