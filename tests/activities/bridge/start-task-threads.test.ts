import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runInProcess } from '../../../activities/bridge/run-in-process.js';
import { startTaskThreads } from '../../../activities/bridge/start-task-threads.js';
import { ComputeCrashedError, DivergedError } from '../../../shared/errors.js';
import { processRun } from '../../support/process-run.js';
import { stepEntry } from '../../support/step-entry.js';

describe('the threads of a step', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'digitloom-threads-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('answer each unit of work, write to shared memory, and count as progress of the process', async () => {
    const run = processRun('add-in-threads', folder, { count: 5, threads: 2 });
    const { outputs } = await runInProcess(run);
    const bytes = await readFile(outputs['bytes']?.path ?? '');
    assert.deepEqual([...new Int32Array(new Uint8Array(bytes).buffer)], [100, 101, 102, 103, 104, 10, 11, 12, 13, 14]);
  });

  it('give the work\'s own error, its class rebuilt', async () => {
    await assert.rejects(runInProcess(processRun('add-in-threads', folder, { count: 4, throwAt: 2 })), (error) => error instanceof DivergedError && error.message === 'told to');
  });

  it('say that a thread ended', async () => {
    await assert.rejects(runInProcess(processRun('add-in-threads', folder, { count: 4, exitAt: 1 })), ComputeCrashedError);
  });

  it('are heard while they work, and not after they were closed', async () => {
    let ticks = 0;
    const threads = startTaskThreads(stepEntry('add-in-threads'))(1, () => ticks++);
    const { sum } = await threads.run({ params: { index: 3 }, arrays: { own: Int32Array.of(3) } });
    assert.deepEqual([...(sum ?? [])], [103]);
    await new Promise((resolve) => setTimeout(resolve, 600));
    assert.equal(ticks, 1); // one look saw the counter moved, the next saw it still
    await threads.close();
  });
});
