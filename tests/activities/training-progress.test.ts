import assert from 'node:assert/strict';
import { trainingProgress } from '../../activities/training-progress.js';
import type { ModelProgressSignal } from '../../shared/contracts/steps.js';

describe('trainingProgress', () => {
  let clock: number;
  let signals: ModelProgressSignal[];
  const warnings: string[] = [];
  const log = { info: () => undefined, warn: (_: object, message: string) => void warnings.push(message) };
  const reporter = (fails = false): ReturnType<typeof trainingProgress> => {
    clock = 0;
    signals = [];
    const signalProgress = (_: string, signal: ModelProgressSignal): Promise<void> => {
      signals.push(signal);
      return fails ? Promise.reject(new Error('the run is gone')) : Promise.resolve();
    };
    return trainingProgress({ signalProgress, log }, 'run-a', 'cnn', () => clock);
  };

  it('tells what is new, at most once a second', () => {
    const report = reporter();
    for (; clock < 3_000; clock += 100) report({ fraction: clock / 10_000, note: 'epoch 1/8', metrics: { loss: 0.5 } });
    assert.deepEqual(signals.map(({ fraction }) => fraction), [0, 0.1, 0.2]);
    assert.deepEqual(signals[0], { name: 'cnn', fraction: 0, note: 'epoch 1/8', metrics: { loss: 0.5 } });
  });

  it('tells the speed of a training in place of its images', () => {
    const report = reporter();
    for (let images = 0; images <= 30_000; images += 1_000, clock += 200) report({ fraction: images / 60_000, note: 'epoch 1/1', metrics: { loss: 0.5, images } });
    assert.deepEqual(signals[0]?.metrics, { loss: 0.5 });
    for (const { metrics } of signals.slice(1)) assert.deepEqual(metrics, { loss: 0.5, imagesPerSecond: 5_000 });
    assert.ok(signals.length > 3);
  });

  it('says nothing twice', () => {
    const report = reporter();
    for (; clock < 60_000; clock += 500) report({ fraction: 0.501, note: 'epoch 4/8' });
    assert.equal(signals.length, 1);
  });

  it('stays far below the 10,000 signals that a run takes, and goes on to the end, when every second brings news for twelve hours', () => {
    const report = reporter();
    const seconds = 12 * 3_600;
    for (let round = 1; round <= seconds; round++, clock += 1_000) report({ fraction: round / seconds, note: `round ${round}` });
    assert.ok(signals.length < 2_000, `${signals.length} signals`);
    assert.ok((signals.at(-1)?.fraction ?? 0) > 0.99);
  });

  it('survives a run that takes no signal, and says so in the log', async () => {
    reporter(true)({ fraction: 0.1 });
    await new Promise(setImmediate);
    assert.deepEqual(warnings, ['a progress signal failed']);
  });
});
