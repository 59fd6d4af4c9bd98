import assert from 'node:assert/strict';
import { registerVerify } from '../../cli/commands/verify.js';
import type { Verification } from '../../activities/verification/verification.js';
import { fakePackages } from '../activities/verification/fake-packages.js';
import { recordedNetwork } from '../activities/verification/recorded-network.js';
import { toyDigits } from '../support/digits.js';
import { recordedRun } from '../support/recorded-run.js';
import type { RecordedModel } from '../support/recorded-run.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { runCommand } from './run-command.js';
import type { CommandOutcome } from './run-command.js';

describe('digitloom verify', function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  const digits = toyDigits({ rows: 20, seed: 4 });
  const { XDG_CACHE_HOME: cache, PYTHONPATH: path } = process.env;
  let models: readonly RecordedModel[];
  before(async () => {
    const net = await recordedNetwork('net', digits);
    const { testProba } = net;
    models = [net, { ...net, name: 'other', testProba: { ...testProba, data: testProba.data.map((value) => value + 0.01) } }, { ...net, name: 'rows', kind: 'knn' }];
  });
  beforeEach(() => Object.assign(process.env, { XDG_CACHE_HOME: folder(), PYTHONPATH: fakePackages(folder(), { onImport: 'raise ImportError("libstdc++")' }) }));
  afterEach(() => {
    for (const [name, value] of Object.entries({ XDG_CACHE_HOME: cache, PYTHONPATH: path })) {
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
  });
  const verify = async (...args: readonly string[]): Promise<CommandOutcome> => runCommand(registerVerify, await recordedRun(digits, models), ...args);

  it('ends with 0 where every file agrees, with a table, and a line for each on stderr', async () => {
    const { exitCode, stdout, stderr } = await verify('verify', '--model', 'net', '--format', 'c');
    assert.equal(exitCode, 0, stdout);
    assert.match(stdout, /^Run recorded\n[^]*net .*agrees/);
    assert.equal(stderr, 'net, c: agrees\n');
  });

  it('ends with 1 where one disagrees, whatever else there is, and is silent on stderr in JSON', async () => {
    const { exitCode, stdout, stderr } = await verify('--json', 'verify', 'recorded', '--model', 'net, other', '--format', 'c,onnx');
    assert.deepEqual([exitCode, stderr], [1, '']);
    const { runId, files } = JSON.parse(stdout) as { runId: string; files: readonly Verification[] };
    assert.equal(runId, 'recorded');
    assert.deepEqual(files.map(({ model, format, verdict }) => `${model} ${format} ${verdict}`), ['net onnx not-verified', 'net c agrees', 'other onnx not-verified', 'other c disagrees']);
  });

  it('ends with 5 where a runtime does not work, though other files agree', async () => {
    const { exitCode, stdout } = await verify('verify', '--model', 'net', '--format', 'c,onnx');
    assert.equal(exitCode, 5, stdout);
    assert.match(stdout, /net, onnx: .*ImportError: libstdc\+\+/);
  });

  it('ends with 2 where there is no file to judge, and says why', async () => {
    const { exitCode, stdout, stderr } = await verify('verify', '--model', 'rows', '--format', 'c');
    assert.deepEqual([exitCode, stdout], [2, '']);
    assert.match(stderr, /Nothing of run recorded was verified.*\n {2}rows, c: .*knn, which can be exported as onnx/);
  });

  it('leaves a format that a model cannot have out of the exit code while another is judged', async () => {
    const { exitCode, stdout } = await verify('verify', '--model', 'net,rows', '--format', 'c');
    assert.equal(exitCode, 0, stdout);
    assert.match(stdout, /rows .*not written/);
  });

  it('ends with 2 on a model or a format that there is not', async () => {
    const model = await verify('verify', '--model', 'nit');
    assert.equal(model.exitCode, 2);
    assert.match(model.stderr, /no model "nit" with files of its own; it has net, other, rows \(did you mean net\?\)/);
    const format = await verify('verify', '--format', 'onx');
    assert.equal(format.exitCode, 2);
    assert.match(format.stderr, /--format onx: expected some of onnx,/);
  });
});
