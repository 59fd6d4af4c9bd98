import { strict as assert } from 'node:assert';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';

const MAIN = fileURLToPath(new URL('../../cli/main.js', import.meta.url));
const COMMANDS = ['start', 'run', 'status', 'report', 'predict', 'features', 'cancel', 'schedule', 'search', 'explain-cache', 'artifacts', 'export', 'verify', 'curves', 'up', 'down', 'doctor', 'worker'];

interface Answer {
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

describe('the command line', function () {
  this.timeout(60_000);
  let stateDir: string;
  before(async () => {
    stateDir = await mkdtemp(join(tmpdir(), 'digitloom-cli-'));
  });
  after(() => rm(stateDir, { recursive: true }));

  const digitloom = async (...args: readonly string[]): Promise<Answer> => {
    const env = { TEMPORAL_ADDRESS: undefined, AWS_ENDPOINT_URL_S3: undefined };
    const { exitCode, stdout, stderr } = await execa(process.execPath, [MAIN, ...args], { reject: false, env });
    return { exitCode, stdout, stderr };
  };

  it('names every command, examples and exit codes in its help', async () => {
    const { exitCode, stdout } = await digitloom('--help');
    assert.equal(exitCode, 0);
    for (const command of COMMANDS) assert.match(stdout, new RegExp(`^  ${command} `, 'm'));
    assert.match(stdout, /Examples:\n {2}\$ npm start/);
    assert.match(stdout, /Exit codes:\n {2}0 {2}done\n {2}1 .*\n {2}2 .*\n {2}3 .*\n {2}4 .*\n {2}5 /);
  });

  it('shows examples in the help of a command', async () => {
    const { exitCode, stdout } = await digitloom('run', '--help');
    assert.equal(exitCode, 0);
    assert.match(stdout, /--set <path=value>/);
    assert.match(stdout, /\$ digitloom run --preset smoke/);
  });

  it('ends with 2 on an unknown command, and names the one that was meant', async () => {
    const { exitCode, stdout, stderr } = await digitloom('rum');
    assert.deepEqual([exitCode, stdout], [2, '']);
    assert.match(stderr, /unknown command 'rum'\n\(Did you mean run\?\)/);
  });

  it('ends with 2 on bad settings and lists every problem, before it looks for a stack', async () => {
    const { exitCode, stderr } = await digitloom('run', '--state-dir', stateDir, '--preset', 'smok', '--set', 'randomstate=3', '--set', 'train.models.cnn.params.epochs=0');
    assert.equal(exitCode, 2);
    assert.match(stderr, /^3 problems in /);
    assert.match(stderr, /\n {2}preset: got "smok".*did you mean "smoke"/);
    assert.match(stderr, /\n {2}randomstate: unknown key, did you mean randomState\?/);
    assert.match(stderr, /\n {2}train\.models\.cnn\.params\.epochs: got 0, expected a number >= 1/);
    assert.ok(!stderr.includes('    at '), 'a stack trace');
  });

  it('ends with 4 when no stack runs, in one sentence, and in JSON when asked', async () => {
    const { exitCode, stdout, stderr } = await digitloom('--json', '--state-dir', stateDir, 'status');
    assert.equal(exitCode, 4);
    assert.deepEqual((JSON.parse(stdout) as { error: { type: string } }).error.type, 'NoStackError');
    assert.match(stderr, /^No stack runs in .*digitloom up/);
    assert.ok(!stderr.includes('    at '), 'a stack trace');
  });

  it('shows the stack trace with --verbose', async () => {
    const { stderr } = await digitloom('status', '--state-dir', stateDir, '--verbose');
    assert.match(stderr, /NoStackError: No stack runs[^]*\n {4}at /);
  });

  it('refuses a probability that is none before it looks for a stack', async () => {
    for (const [option, value] of [['--risk', 'rare'], ['--reject-below', '1.5'], ['--alpha', '']] as const) {
      const { exitCode, stderr } = await digitloom('predict', MAIN, option, value, '--state-dir', stateDir);
      assert.equal(exitCode, 2);
      assert.ok(stderr.includes(`${option} is "${value}", expected a number from 0 to 1`), stderr);
    }
  });

  it('ends with 2 on a file that is no image', async () => {
    const { exitCode, stderr } = await digitloom('predict', MAIN, '--state-dir', stateDir);
    assert.equal(exitCode, 2);
    assert.match(stderr, /main\.js: \d+ bytes that are no image; expected a PNG/);
  });

  it('ends with 4 and the remedy where a worker or a run finds no stack', async () => {
    for (const args of [['worker', 'cpu'], ['run', '--preset', 'smoke']]) {
      const { exitCode, stderr } = await digitloom(...args, '--state-dir', stateDir);
      assert.equal(exitCode, 4, stderr);
      assert.match(stderr, /digitloom up/);
    }
  });

  it('names a file that is not there without the words of the system', async () => {
    for (const args of [['run', '--config', 'nope.json'], ['predict', 'nope.png']]) {
      const { exitCode, stderr } = await digitloom(...args, '--state-dir', stateDir);
      assert.equal(exitCode, 2);
      assert.match(stderr, /nope\.(json|png): there is no such file/);
      assert.doesNotMatch(stderr, /ENOENT/);
    }
  });

  it('refuses a limit that is no number, and says where a wrong setting came from', async () => {
    assert.match((await digitloom('status', '--limit', 'x', '--state-dir', stateDir)).stderr, /--limit x: expected a whole number above 0/);
    assert.match((await digitloom('run', '--sections', 'trian', '--state-dir', stateDir)).stderr, /the options|the settings/);
  });
});
