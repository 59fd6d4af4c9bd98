import assert from 'node:assert/strict';
import { runPython } from '../../../activities/verification/run-python.js';
import { RuntimeMissingError } from '../../../activities/verification/runtime-missing-error.js';
import { RuntimeStoppedError } from '../../../activities/verification/runtime-stopped-error.js';
import { InvalidModelError } from '../../../shared/errors.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { fakePackages } from './fake-packages.js';
import type { FakeWork } from './fake-packages.js';

const KILLED = 'import os; os.kill(os.getpid(), 9)';

describe('A script around a runtime', function () {
  this.timeout(30_000);
  const folder = temporaryFolder();
  const run = (work: FakeWork): Promise<unknown> => runPython('run_onnx', [folder()], [fakePackages(folder(), work)]);

  it('answers whatever its packages print before and after it', async () => {
    assert.deepEqual(await run({ onImport: 'import atexit, sys\nsys.stdout.write("hello")\natexit.register(print, "null")' }), { runtime: 'onnxruntime 2, onnx 1' });
  });

  for (const [what, onImport, words] of [
    ['raises', 'raise ImportError("libstdc++.so.6: version not found")', /ImportError: libstdc\+\+\.so\.6: version not found/],
    ['raises something else', 'raise ValueError("dtype size changed")', /ValueError: dtype size changed/],
    ['is killed', KILLED, /ended by SIGKILL/],
    ['ends', 'import os; os._exit(0)', /it gave no answer/],
  ] as const) {
    it(`tells a runtime that does not start from a file: a package that ${what} on import`, async () => {
      await assert.rejects(run({ onImport }), (error) => error instanceof RuntimeMissingError && words.test(error.message) && /cannot load its packages: .*--python.* brings them anew/.test(error.message));
    });
  }

  it('counts parts of packages that are loaded late as packages', async () => {
    await assert.rejects(run({ onLoad: 'raise ImportError("no such part")' }), (error) => error instanceof RuntimeMissingError && /ImportError: no such part/.test(error.message));
    await assert.rejects(run({ onLoad: 'import digitloom_has_no_such_package' }), (error) => error instanceof RuntimeMissingError && /no package digitloom_has_no_such_package/.test(error.message));
  });

  it('judges nothing where a signal ends it, or memory is lacking, with the files', async () => {
    await assert.rejects(run({ onLoad: KILLED }), (error) => error instanceof RuntimeStoppedError && /ended by SIGKILL/.test(error.message));
    await assert.rejects(run({ onLoad: 'raise MemoryError' }), (error) => error instanceof RuntimeStoppedError && /MemoryError/.test(error.message));
  });

  it('refuses files where it fails on them, or ends without a word', async () => {
    await assert.rejects(run({ onLoad: 'raise ValueError("an odd file")' }), (error) => error instanceof InvalidModelError && error.message === 'run_onnx.py: ValueError: an odd file');
    await assert.rejects(run({ onLoad: 'import os; os._exit(0)' }), (error) => error instanceof InvalidModelError && error.message === 'run_onnx.py: it gave no answer');
  });
});
