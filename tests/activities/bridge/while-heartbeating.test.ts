import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { ProgressState } from '../../../activities/bridge/progress-state.js';
import { whileHeartbeating } from '../../../activities/bridge/while-heartbeating.js';
import { ComputeCrashedError } from '../../../shared/errors.js';
import type { StepProgress } from '../../../shared/step.js';
import { until } from '../../support/until.js';

describe('whileHeartbeating', () => {
  const idle = new AbortController().signal;
  const untilAborted = (signal: AbortSignal): Promise<never> =>
    new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));

  it('heartbeats while progress moves and passes the latest on', async () => {
    const state = new ProgressState();
    const beats: StepProgress[] = [];
    const result = await whileHeartbeating({ state, heartbeat: (details) => beats.push(details), signal: idle, everyMs: 10 }, async () => {
      for (let i = 1; i <= 5; i++) {
        state.report({ fraction: i / 5, note: `epoch ${i}/5` });
        const before = beats.length;
        await until(() => beats.length > before);
      }
      return 'done';
    });
    assert.equal(result, 'done');
    assert.deepEqual(beats.map(({ fraction }) => fraction), [0, 0.2, 0.4, 0.6, 0.8, 1]);
  });

  it('stops heartbeating when the work hangs, and ends it after the limit', async () => {
    const state = new ProgressState();
    let beats = 0;
    const options = { state, heartbeat: () => (beats += 1), signal: idle, everyMs: 5, silenceMs: 100 };
    await assert.rejects(whileHeartbeating(options, (signal) => {
      state.report({ fraction: 0.5 });
      return untilAborted(signal);
    }), ComputeCrashedError);
    assert.equal(beats, 2, 'one at the start, one for the only move');
  });

  it('has patience with work whose pauses were long before, in proportion, and vouches for it meanwhile', async () => {
    const state = new ProgressState();
    let beats = 0;
    const silenceMs = 100;
    const startedAt = performance.now();
    await assert.rejects(whileHeartbeating({ state, heartbeat: () => (beats += 1), signal: idle, everyMs: 5, silenceMs }, async (signal) => {
      for (let i = 0; i < 3; i++) {
        await sleep(60);
        state.report({ fraction: i / 10 });
      }
      await sleep(2 * silenceMs);
      assert.ok(!signal.aborted && beats > 15, `${beats} heartbeats`);
      return untilAborted(signal);
    }), /showed no progress/);
    assert.ok(performance.now() - startedAt > 180 + 2.9 * silenceMs);
  });

  it('vouches for a start that is silent until its first report, and no longer', async () => {
    const state = new ProgressState();
    let beats = 0;
    let beatsAtReport = 0;
    const options = { state, heartbeat: () => (beats += 1), signal: idle, everyMs: 5, silenceMs: 100 };
    await assert.rejects(whileHeartbeating(options, async (signal) => {
      state.starting(60_000);
      await sleep(300);
      assert.ok(!signal.aborted && beats > 5, `${beats} heartbeats`);
      state.report({ fraction: 0.1 });
      beatsAtReport = beats;
      return untilAborted(signal);
    }), /showed no progress/);
    assert.equal(beats, beatsAtReport + 1);
  });

  it('ends a start that hangs at its limit', async () => {
    const state = new ProgressState();
    const options = { state, heartbeat: () => undefined, signal: idle, everyMs: 5, silenceMs: 60_000 };
    await assert.rejects(whileHeartbeating(options, (signal) => {
      state.starting(50);
      state.touch();
      return untilAborted(signal);
    }), (error) => error instanceof ComputeCrashedError && /did not start in time/.test(error.message));
  });

  it('counts a transfer that moves as progress', async () => {
    const state = new ProgressState();
    let beats = 0;
    await whileHeartbeating({ state, heartbeat: () => (beats += 1), signal: idle, everyMs: 5, silenceMs: 100 }, async () => {
      for (let i = 0; i < 10; i++) {
        state.touch();
        await sleep(20);
      }
    });
    assert.ok(beats > 5);
  });

  it('passes cancellation on to the work', async () => {
    const controller = new AbortController();
    const running = whileHeartbeating({ state: new ProgressState(), heartbeat: () => undefined, signal: controller.signal }, untilAborted);
    controller.abort(new Error('cancelled'));
    await assert.rejects(running, /cancelled/);
  });
});
