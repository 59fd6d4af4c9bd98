import assert from 'node:assert/strict';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { registerExport } from '../../cli/commands/export.js';
import { recordedNetwork } from '../activities/verification/recorded-network.js';
import { toyDigits } from '../support/digits.js';
import { recordedRun } from '../support/recorded-run.js';
import type { RecordedModel } from '../support/recorded-run.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { runCommand } from './run-command.js';
import type { CommandOutcome } from './run-command.js';

describe('digitloom export', function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  const digits = toyDigits({ rows: 20, seed: 4 });
  let network: RecordedModel;
  before(async () => {
    network = await recordedNetwork('net', digits);
  });
  const exported = async (...args: readonly string[]): Promise<CommandOutcome> => runCommand(registerExport, await recordedRun(digits, [{ ...network, name: 'first' }, { ...network, kind: 'cnn' }]), ...args, '--out', join(folder(), 'out'));

  it('writes a model in every format that is named, and lists the files', async () => {
    const { exitCode, stdout } = await exported('--json', 'export', '--model', 'first', '--format', 'onnx, tflite-int8,c', '--calibration', '5');
    assert.equal(exitCode, 0);
    const { runId, model, formats, files } = JSON.parse(stdout) as { runId: string; model: string; formats: readonly string[]; files: readonly { path: string; bytes: number }[] };
    assert.deepEqual([runId, model, formats], ['recorded', 'first', ['onnx', 'tflite-int8', 'c']]);
    assert.ok(files.length >= 4, stdout);
    for (const { path, bytes } of files) assert.equal(statSync(path).size, bytes);
  });

  it('takes the newest run\'s CNN as ONNX unless told otherwise', async () => {
    const { exitCode, stdout } = await exported('export');
    assert.equal(exitCode, 0);
    assert.match(stdout, /out\/net\.onnx {2}[\d.]+ kB$/);
  });

  it('writes nothing where one of the formats cannot hold the model', async () => {
    const { exitCode, stdout, stderr } = await exported('export', '--format', 'onnx,xgboost');
    assert.deepEqual([exitCode, stdout], [2, '']);
    assert.match(stderr, /xgboost/);
    assert.ok(!existsSync(join(folder(), 'out')));
  });

  it('ends with 2 on a model, a format or a number that cannot be used', async () => {
    for (const [args, words] of [
      [['--model', 'nett'], /no model "nett"; it has first, net \(did you mean net\?\)/],
      [['--format', 'onx'], /--format onx: expected some of onnx,/],
      [['--calibration', '0'], /--calibration is "0", expected a whole number of images from 1/],
    ] as const) {
      const { exitCode, stderr } = await exported('export', ...args);
      assert.equal(exitCode, 2, stderr);
      assert.match(stderr, words);
    }
  });
});
