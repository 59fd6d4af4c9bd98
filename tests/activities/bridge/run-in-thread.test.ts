import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Piscina } from 'piscina';
import { ProgressState } from '../../../activities/bridge/progress-state.js';
import { runInThread } from '../../../activities/bridge/run-in-thread.js';
import type { ThreadRun } from '../../../activities/bridge/run-in-thread.js';
import { ComputeCrashedError, InvalidDataError } from '../../../shared/errors.js';
import { stepEntry } from '../../support/step-entry.js';
import { until } from '../../support/until.js';

describe('runInThread', () => {
  let pool: Piscina;
  let folder: string;
  beforeEach(async () => {
    pool = new Piscina({ minThreads: 1, maxThreads: 1 });
    folder = await mkdtemp(join(tmpdir(), 'digitloom-thread-'));
  });
  afterEach(async () => {
    await pool.destroy();
    await rm(folder, { recursive: true, force: true });
  });
  const threadRun = (step: string, params: ThreadRun['input']['params'] = {}, inputs: ThreadRun['input']['inputs'] = {}): ThreadRun => ({
    pool, entry: stepEntry(step), input: { params, seed: 7, inputs, native: {} }, state: new ProgressState(), signal: new AbortController().signal,
  });

  it('moves the inputs to the thread and the outputs back', async () => {
    const x = new Uint8Array(1_000_000).fill(3);
    const run = threadRun('echo', { C: 1 }, { x: [x, Uint8Array.of(4)] });
    const { outputs, summary } = await runInThread(run);
    assert.equal(x.byteLength, 0, 'the input moved: it is empty here');
    assert.equal(outputs['x']?.bytes.byteLength, 1_000_001);
    assert.equal(outputs['x']?.bytes.at(-1), 4);
    assert.equal(summary['seed'], 7);
    assert.notEqual(summary['threadId'], 0);
    assert.deepEqual(run.state.latest, { fraction: 0.5, note: 'half', metrics: { loss: 0.25 } });
  });

  it('leaves a view of a larger buffer alone', async () => {
    const whole = new Uint8Array(100).fill(9);
    const { outputs } = await runInThread(threadRun('echo', {}, { x: [whole.subarray(10, 12)] }));
    assert.equal(whole.byteLength, 100);
    assert.deepEqual([...(outputs['x']?.bytes ?? [])], [9, 9]);
  });

  it('runs one task after the other in the same thread', async () => {
    const first = await runInThread(threadRun('echo'));
    const second = await runInThread(threadRun('echo'));
    assert.equal(first.summary['threadId'], second.summary['threadId']);
  });

  it('receives progress from a thread that never lets its event loop turn', async () => {
    const run = threadRun('busy-reporter', { ms: 600 });
    const seen = new Set<number>();
    const timer = setInterval(() => seen.add(run.state.latest.fraction), 50);
    await runInThread(run);
    clearInterval(timer);
    assert.ok([...seen].filter((fraction) => fraction > 0 && fraction < 0.9).length >= 3, [...seen].join());
  });

  it('keeps the class and the message of an error, and the thread for the next task', async () => {
    await assert.rejects(runInThread(threadRun('fail', { name: 'InvalidDataError' })), (error) => error instanceof InvalidDataError && error.message === 'told to');
    await assert.rejects(runInThread(threadRun('fail', { name: 'RangeError' })), { name: 'ComputeCrashedError', message: 'RangeError: told to' });
    await runInThread(threadRun('echo'));
  });

  it('says so when the thread dies', async () => {
    await assert.rejects(runInThread(threadRun('crash-at-exit', { before: true })), ComputeCrashedError);
    await runInThread(threadRun('echo'));
  });

  it('names a module that cannot be loaded', async () => {
    await assert.rejects(runInThread({ ...threadRun('echo'), entry: stepEntry('absent') }), /absent/);
  });

  for (const busy of [false, true]) {
    it(`ends ${busy ? 'a busy' : 'an idle'} thread when it is cancelled, and the pool goes on with another`, async () => {
      const controller = new AbortController();
      const says = join(folder, 'runs');
      const running = runInThread({ ...threadRun('hang', { busy, says }), signal: controller.signal });
      await until(() => existsSync(says));
      const [thread] = pool.threads;
      assert.ok(thread);
      controller.abort(new Error('cancelled by the test'));
      await assert.rejects(running, /cancelled by the test/);
      assert.equal(thread.threadId, -1, 'a thread that has ended has no id');
      const { summary } = await runInThread(threadRun('echo'));
      assert.notEqual(summary['threadId'], 0);
      assert.equal(pool.threads.length, 1);
    });
  }

  it('starts nothing when it is cancelled already', async () => {
    await assert.rejects(runInThread({ ...threadRun('hang'), signal: AbortSignal.abort() }), { name: 'AbortError' });
  });

  it('takes a waiting task out of the queue when it is cancelled', async () => {
    const controller = new AbortController();
    const says = join(folder, 'runs');
    const stop = new AbortController();
    const running = runInThread({ ...threadRun('hang', { says }), signal: stop.signal });
    await until(() => existsSync(says));
    const queued = runInThread({ ...threadRun('echo'), signal: controller.signal });
    controller.abort(new Error('no longer wanted'));
    await assert.rejects(queued, /no longer wanted/);
    stop.abort(new Error('end'));
    await assert.rejects(running, /end/);
  });
});
