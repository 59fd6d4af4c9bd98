import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { verifyModels } from '../../../activities/verification/verify-model.js';
import type { Verification } from '../../../activities/verification/verification.js';
import type { ExportFormat } from '../../../shared/export-formats.js';
import { verificationTable } from '../../../cli/results/verification-table.js';
import { encodeCompressedFile } from '../../../ml/compression/coding/compressed-file.js';
import type { CompressedOutput } from '../../../ml/compression/compressed-weights.js';
import { encodeNpz } from '../../../ml/data/npz.js';
import { exportModel } from '../../../ml/export/export-model.js';
import { MEDIA } from '../../../shared/artifact.js';
import type { RunExport } from '../../../shared/exports.js';
import type { ModelResult } from '../../../shared/run.js';
import type { RecordedModel, RecordedRun } from '../../support/recorded-run.js';
import { recordedRun } from '../../support/recorded-run.js';
import { toyDigits } from '../../support/digits.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { someFacts } from '../../ml/export/some-facts.js';
import { fakePackages } from './fake-packages.js';
import { recordedNetwork } from './recorded-network.js';

describe('Verifying a run\'s models', function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  const digits = toyDigits({ rows: 30, seed: 4 });
  let network: RecordedModel;
  const odd = (): string => fakePackages(folder(), { onLoad: 'raise ValueError("an odd file")' });
  before(async () => {
    network = await recordedNetwork('net', digits);
  });

  async function verified({ store, runId, models, exports }: RecordedRun & { readonly exports?: readonly RunExport[] }, formats: readonly ExportFormat[] | undefined, ...python: readonly string[]): Promise<Verification[]> {
    const found: Verification[] = [];
    for await (const one of verifyModels({ store, runId, exports, stagingFolder: folder(), python, native: {} }, { models }, formats)) found.push(one);
    return found;
  }

  it('has the C compiler answer every test image, and finds what the run keeps', async () => {
    const [whole, rounded, ...more] = await verified(await recordedRun(digits, [network]), ['c', 'c-int8']);
    assert.deepEqual(more, []);
    assert.equal(whole?.verdict, 'agrees', whole?.reason);
    assert.equal(whole.agreement?.rows, 30);
    assert.ok(whole.agreement.largestDifference <= 1e-5);
    assert.ok(whole.runtime);
    assert.equal(rounded?.verdict, 'agrees', rounded?.reason);
    assert.ok((rounded.agreement?.largestDifference ?? 0) > 1e-5, 'eight bits round');
  });

  it('asks a file at the places that its network averages over, and says so', async () => {
    const averaged = await recordedNetwork('net', digits, 5);
    const formats = ['tfjs', 'c', 'c-int8'] as const;
    const found = await verified(await recordedRun(digits, [averaged]), formats);
    for (const { format, verdict, places, reason, agreement } of found) {
      assert.deepEqual([format, verdict, places], [format, 'agrees', 5], reason);
      assert.ok(agreement && agreement.largestDifference < (format === 'c-int8' ? 0.1 : 1e-5), format);
    }
    assert.equal(found.length, formats.length);
    assert.match(verificationTable(found), /\nnet: its answers are means over 5 places of an image, so each file was asked at all of them$/);
    const { testProba } = network;
    const [alone] = await verified(await recordedRun(digits, [{ ...averaged, testProba }]), ['c']);
    assert.equal(alone?.verdict, 'disagrees');
  });

  it('finds a file that is of another model', async () => {
    const { rows, columns, data } = network.testProba;
    const another = { ...network, testProba: { rows, columns, data: data.map((value, i) => (i === 7 ? value + 0.01 : value)) } };
    const [found] = await verified(await recordedRun(digits, [another]), ['c']);
    assert.equal(found?.verdict, 'disagrees');
    assert.deepEqual([found.agreement?.rowsOff, found.agreement?.firstOff], [1, [0]]);
  });

  it('has TensorFlow answer from the web model and from the SavedModel, without Python', async () => {
    mkdirSync(join(folder(), 'packages'));
    writeFileSync(join(folder(), 'packages', 'tensorflow.py'), 'import digitloom_has_no_such_package');
    const found = await verified(await recordedRun(digits, [network]), ['tfjs', 'savedmodel'], join(folder(), 'packages'));
    assert.deepEqual(found.map(({ format, verdict, runtime = '' }) => [format, verdict, /^tfjs-node/.test(runtime)]), [['tfjs', 'agrees', true], ['savedmodel', 'agrees', true]]);
  });

  it('judges the files that the run exported, and repeats why it refused', async () => {
    const run = await recordedRun(digits, [network]);
    const program = '#include <stdio.h>\nint main(void) { while (getchar() != EOF) {} printf("0.5"); return 0; }\n';
    const artifact = await run.store.put(encodeNpz({ 'net.h': new Uint8Array(1), 'net_example.c': new TextEncoder().encode(program) }), MEDIA.zip);
    const of = { kind: 'export', model: 'net' } as const;
    const exports = [{ ...of, format: 'c' as const, file: 'net-c.zip', bytes: artifact.bytes, size: 1, artifact }, { ...of, format: 'c-int8' as const, refused: 'too coarse' }];
    const found = await verified({ ...run, exports }, ['c', 'c-int8']);
    assert.deepEqual(found.map(({ verdict }) => verdict), ['disagrees', 'not-written']);
    assert.match(found[0]?.reason ?? '', /gave 1 numbers, expected 30 x 10/);
    assert.equal(found[1]?.reason, 'too coarse');
  });

  it('judges both files of a variant, and says why there is no other that was asked for', async () => {
    const run = await recordedRun(digits, [network]);
    const [model] = run.models;
    assert.ok(model);
    const testProba = model.artifacts['testProba'];
    assert.ok(testProba);
    const file = await run.store.put(new Uint8Array(3), MEDIA.binary);
    const variant: ModelResult = { name: 'net-int8', kind: 'tflite', of: 'net', testAccuracy: 0, logLoss: 0, ece: 0, bytes: 3, parameters: 1, trainingSeconds: 0, cached: false, artifacts: { testProba, tflite: file, onnx: file } };
    const usual = await verified({ ...run, models: [variant] }, undefined, odd());
    assert.deepEqual(usual.map(({ format, verdict }) => [format, verdict]), [['onnx', 'disagrees'], ['tflite', 'disagrees']]);
    const [wanted, ...more] = await verified({ ...run, models: [variant] }, ['c-int8'], odd());
    assert.deepEqual([wanted?.format, wanted?.verdict, more], ['c-int8', 'not-written', []]);
    assert.match(wanted?.reason ?? '', /net/);
  });

  it('asks the files of a variant that was only pruned for the same probabilities, and those of one on grids for its accuracy', async () => {
    const { rows, columns, data } = network.testProba;
    const run = await recordedRun(digits, [{ ...network, testProba: { rows, columns, data: data.map((value, i) => (i === 7 ? value + 0.001 : value)) } }]);
    const [model] = run.models;
    assert.ok(model);
    const judged = async (outputs: CompressedOutput[]): Promise<unknown[]> => {
      const [own, compressed, header] = await Promise.all([new Uint8Array(3), encodeCompressedFile({ bytes: network.bytes, weights: { kernels: [], outputs } }), encodeNpz(exportModel({ ...network, facts: someFacts }, 'c'))].map((bytes) => run.store.put(bytes, MEDIA.binary)));
      assert.ok(own && compressed && header);
      const exports = [{ kind: 'export', model: 'net', format: 'c' as const, file: 'net-c.zip', bytes: 1, size: 1, artifact: header } as const];
      const [found] = await verified({ ...run, exports, models: [{ ...model, artifacts: { ...model.artifacts, tflite: own, onnx: own, compressed } }] }, ['c']);
      return [found?.verdict, found?.agreement?.rule];
    };
    assert.deepEqual(await judged([]), ['disagrees', 'everywhere']);
    assert.deepEqual(await judged([{ layer: 'relu1', bits: 8, scale: 0.1, zeroPoint: 0 }]), ['agrees', 'accuracy']);
  });

  it('says what a format cannot hold', async () => {
    const [found] = await verified(await recordedRun(digits, [{ ...network, kind: 'knn' }]), ['c']);
    assert.equal(found?.verdict, 'not-written');
    assert.match(found.reason ?? '', /knn, which can be exported as onnx/);
  });

  it('says what to do where a Python package or the compiler is lacking', async () => {
    const run = await recordedRun(digits, [network]);
    mkdirSync(join(folder(), 'packages'));
    for (const name of ['onnx', 'numpy']) writeFileSync(join(folder(), 'packages', `${name}.py`), 'import digitloom_has_no_such_package');
    const [found] = await verified(run, ['onnx'], join(folder(), 'packages'));
    assert.equal(found?.verdict, 'not-verified');
    assert.match(found.reason ?? '', /no package digitloom_has_no_such_package\. .*--python/);

    const path = process.env['PATH'];
    try {
      process.env['PATH'] = folder();
      const without = await verified(run, ['onnx', 'c']);
      assert.deepEqual(without.map(({ verdict }) => verdict), ['not-verified', 'not-verified']);
      assert.deepEqual(without.map(({ reason }) => /python3|\(cc\)/.exec(reason ?? '')?.[0]), ['python3', '(cc)']);
    } finally {
      process.env['PATH'] = path;
    }
  });

  it('counts a runtime that fails on a file as disagreement, with its words', async () => {
    const [found] = await verified(await recordedRun(digits, [network]), ['onnx'], odd());
    assert.equal(found?.verdict, 'disagrees');
    assert.match(found.reason ?? '', /run_onnx\.py: ValueError: an odd file/);
  });

  it('judges no file by a runtime that does not start, or is killed with the file', async () => {
    for (const work of [{ onImport: 'raise ImportError("libstdc++")' }, { onLoad: 'import os; os.kill(os.getpid(), 9)' }]) {
      const [found] = await verified(await recordedRun(digits, [network]), ['onnx'], fakePackages(folder(), work));
      assert.equal(found?.verdict, 'not-verified');
      assert.match(found.reason ?? '', work.onImport ? /ImportError: libstdc\+\+.*--python/ : /ended by SIGKILL/);
    }
  });

  it('repeats the words of a library that prints a stack of its own below them', async () => {
    const [found] = await verified(await recordedRun(digits, [network]), ['onnx'], fakePackages(folder(), { onLoad: 'raise ValueError("an odd file\\nStack trace:\\n  [bt] (0) /some/library.so")' }));
    assert.equal(found?.reason, 'run_onnx.py: ValueError: an odd file');
  });

  it('counts a C program that crashes as disagreement', async () => {
    const run = await recordedRun(digits, [network]);
    const artifact = await run.store.put(encodeNpz({ 'net.h': new Uint8Array(1), 'net_example.c': new TextEncoder().encode('#include <stdlib.h>\nint main(void) { abort(); }\n') }), MEDIA.zip);
    const exports = [{ kind: 'export', model: 'net', format: 'c' as const, file: 'net-c.zip', bytes: artifact.bytes, size: 1, artifact } as const];
    const [found] = await verified({ ...run, exports }, ['c']);
    assert.deepEqual([found?.verdict, found?.origin], ['disagrees', 'run']);
    assert.match(found?.reason ?? '', /net_example\.c does not run: .*SIGABRT/);
  });

  it('tells the file by which a variant answers from what the run exported of it, and repeats no refusal of what there is', async () => {
    const run = await recordedRun(digits, [network]);
    const [model] = run.models;
    assert.ok(model);
    const [own, exported] = await Promise.all([run.store.put(new Uint8Array(3), MEDIA.binary), run.store.put(new Uint8Array(4), MEDIA.binary)]);
    const of = { kind: 'export', model: 'net' } as const;
    const exports: RunExport[] = [{ ...of, format: 'onnx', file: 'net.onnx', bytes: 4, size: 4, artifact: exported }, { ...of, format: 'tflite', refused: 'it is one' }, { ...of, format: 'c', file: 'net-c.zip', bytes: 4, size: 4, artifact: exported }];
    const found = await verified({ ...run, exports, models: [{ ...model, artifacts: { ...model.artifacts, tflite: own, onnx: own } }] }, ['onnx', 'tflite'], odd());
    assert.deepEqual(found.map(({ format, origin, verdict }) => [format, origin, verdict]), [['onnx', 'variant', 'disagrees'], ['onnx', 'run', 'disagrees'], ['tflite', 'variant', 'disagrees']]);
    assert.match(verificationTable(found), /onnx, exported/);
  });
});
