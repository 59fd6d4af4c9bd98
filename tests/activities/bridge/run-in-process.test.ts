import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runInProcess } from '../../../activities/bridge/run-in-process.js';
import { whileHeartbeating } from '../../../activities/bridge/while-heartbeating.js';
import { ComputeCrashedError, DivergedError } from '../../../shared/errors.js';
import { processLives } from '../../support/process-lives.js';
import { processRun } from '../../support/process-run.js';
import { until } from '../../support/until.js';

describe('runInProcess', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'digitloom-process-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));
  const startedPid = (path: string): Promise<number> => until(() => (existsSync(path) ? Number(readFileSync(path, 'utf8')) : undefined));

  it('hands files, parameters, seed and native paths to the step and its artifacts back, in another process', async () => {
    const [a, b] = [join(folder, 'a'), join(folder, 'b')];
    await writeFile(a, 'to');
    await writeFile(b, 'gether');
    const run = processRun('echo', folder, { C: 1 });
    const { outputs, summary } = await runInProcess({ ...run, task: { ...run.task, files: { x: [a, b] }, native: { xgboost: '/lib' } } });
    assert.equal(await readFile(outputs['x']?.path ?? '', 'utf8'), 'together');
    assert.equal(outputs['x']?.mediaType, 'application/octet-stream');
    assert.deepEqual({ ...summary, pid: 0 }, { params: { C: 1 }, seed: 7, native: { xgboost: '/lib' }, pid: 0, threadId: 0 });
    assert.notEqual(summary['pid'], process.pid);
    assert.equal(processLives(Number(summary['pid'])), false);
    assert.deepEqual(run.state.latest, { fraction: 0.5, note: 'half', metrics: { loss: 0.25 } });
  });

  it('receives progress from a step that never lets its event loop turn', async () => {
    const run = processRun('busy-reporter', folder, { ms: 600 });
    const seen = new Set<number>();
    const timer = setInterval(() => seen.add(run.state.latest.fraction), 50);
    await runInProcess(run);
    clearInterval(timer);
    assert.ok([...seen].filter((fraction) => fraction > 0 && fraction < 0.9).length >= 3, [...seen].join());
  });

  describe('under heartbeats', () => {
    const running = (blockMs: number, silenceMs: number, startWithinMs: number): Promise<unknown> => {
      const run = { ...processRun('slow-start', folder, { blockMs }), startWithinMs };
      const options = { state: run.state, heartbeat: () => undefined, signal: run.signal, everyMs: 20, silenceMs };
      return whileHeartbeating(options, (signal) => runInProcess({ ...run, signal }));
    };

    it('lets a child load its libraries longer than a computation may be silent, and ends it when it hangs afterwards', async () => {
      const began = performance.now();
      await assert.rejects(running(900, 500, 60_000), /showed no progress/);
      assert.ok(performance.now() - began > 900 + 500);
    });

    it('ends a child whose start hangs', async () => {
      await assert.rejects(running(3_600_000, 60_000, 500), /did not start in time/);
    });
  });

  it('keeps the class and the message of an error', async () => {
    await assert.rejects(runInProcess(processRun('fail', folder, { name: 'DivergedError' })), (error) => error instanceof DivergedError && error.message === 'told to');
    await assert.rejects(runInProcess(processRun('fail', folder, { name: 'RangeError' })), { name: 'ComputeCrashedError', message: 'RangeError: told to' });
  });

  it('names the signal that ended the child before its result', async () => {
    const says = join(folder, 'pid');
    const running = runInProcess(processRun('hang', folder, { says }));
    process.kill(await startedPid(says), 'SIGKILL');
    await assert.rejects(running, (error) => error instanceof ComputeCrashedError && error.message.includes('signal SIGKILL'));
  });

  it('tells the exit code and the last words of a child that gave up', async () => {
    await assert.rejects(runInProcess(processRun('crash-at-exit', folder, { before: true })), (error) => {
      assert.ok(error instanceof ComputeCrashedError);
      assert.match(error.message, /exit code 7/);
      assert.match(error.message, /the foreign library gave up/);
      return true;
    });
  });

  it('keeps a result whose child crashed afterwards, and says so', async () => {
    const warnings: string[] = [];
    const { outputs } = await runInProcess({ ...processRun('crash-at-exit', folder), warn: (message) => warnings.push(message) });
    assert.deepEqual([...(await readFile(outputs['x']?.path ?? ''))], [1]);
    assert.match(warnings.join(), /SIGSEGV/);
  });

  for (const busy of [false, true]) {
    it(`ends ${busy ? 'a child that never lets its event loop turn' : 'an idle child'} when it is cancelled, and settles when it is gone`, async () => {
      const says = join(folder, 'pid');
      const controller = new AbortController();
      const running = runInProcess({ ...processRun('hang', folder, { says, busy }), signal: controller.signal });
      const pid = await startedPid(says);
      controller.abort(new Error('cancelled by the test'));
      await assert.rejects(running, /cancelled by the test/);
      assert.equal(processLives(pid), false);
    });
  }

  it('starts no child when it is cancelled already', async () => {
    await assert.rejects(runInProcess({ ...processRun('hang', folder), signal: AbortSignal.abort() }), { name: 'AbortError' });
  });

  it('leaves no child when the parent is killed, even one that never lets its event loop turn', async () => {
    const says = join(folder, 'pid');
    const script = fileURLToPath(new URL('../../support/run-a-hanging-child.js', import.meta.url));
    const parent = spawn(process.execPath, [script, says], { stdio: 'ignore' });
    const pid = await startedPid(says);
    assert.equal(processLives(pid), true);
    parent.kill('SIGKILL');
    await until(() => !processLives(pid));
  });

  it('hands checkpoints over one by one, and back to a later attempt', async () => {
    const saved: number[][] = [];
    const run = processRun('count-segments', folder, { segments: 3, tellResume: true });
    await runInProcess({ ...run, saveCheckpoint: async (path) => void saved.push([...(await readFile(path))]) });
    assert.deepEqual(saved, [[1], [1, 2], [1, 2, 3]]);
    const checkpoint = join(folder, 'second');
    await writeFile(checkpoint, Uint8Array.of(1, 2));
    const { outputs, summary } = await runInProcess({ ...run, task: { ...run.task, checkpoint } });
    assert.equal(summary['resumedAt'], 2);
    assert.deepEqual([...(await readFile(outputs['model']?.path ?? ''))], [1, 2, 3]);
  });

  it('fails the attempt when a checkpoint cannot be stored', async () => {
    const run = processRun('count-segments', folder, { segments: 3 });
    await assert.rejects(runInProcess({ ...run, saveCheckpoint: () => Promise.reject(new Error('the store is full')) }), /the store is full/);
  });
});
