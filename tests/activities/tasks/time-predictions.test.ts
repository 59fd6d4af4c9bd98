import assert from 'node:assert/strict';
import { timePredictions } from '../../../activities/tasks/time-predictions.js';
import { InvalidDataError } from '../../../shared/errors.js';

const images = { rows: 30, columns: 4, data: new Uint8Array(120) };

describe('Timing predictions', () => {
  const hooks = { progress: () => undefined, signal: new AbortController().signal };

  it('leaves out what a model takes until compilers have settled, for hundreds of images of a quick one', async () => {
    let asked = 0;
    const timed = await timePredictions(async ({ rows }) => {
      if (rows === 1 && ++asked <= 400) for (const from = performance.now(); performance.now() - from < 0.2; );
    }, images, 100, hooks);
    assert.equal(asked, 500);
    assert.ok(timed.p50Ms < 0.1 && timed.p50Ms <= timed.p99Ms, JSON.stringify(timed));
  });

  it('does not wait for hundreds of images of a slow one', async () => {
    let asked = 0;
    await timePredictions(async () => {
      asked += 1;
      for (const from = performance.now(); performance.now() - from < 25; );
    }, images, 1, hooks);
    assert.equal(asked, 50 + 1 + 3);
  });

  it('tells how far it is, and stops when it is cancelled', async () => {
    const fractions: number[] = [];
    await timePredictions(async () => undefined, images, 60, { ...hooks, progress: ({ fraction = NaN }) => fractions.push(fraction) });
    assert.ok(fractions.length >= 5 && fractions.every((fraction, i) => fraction > (fractions[i - 1] ?? 0)));
    assert.ok(Math.abs((fractions.at(-1) ?? 0) - 1) < 1e-9);
    await assert.rejects(timePredictions(async () => undefined, images, 60, { ...hooks, signal: AbortSignal.abort() }), { name: 'AbortError' });
  });

  it('refuses to time nothing', async () => {
    await assert.rejects(timePredictions(async () => undefined, { ...images, rows: 0 }, 5, hooks), (error) => error instanceof InvalidDataError && /5 of 0 images/.test(error.message));
    await assert.rejects(timePredictions(async () => undefined, images, 0, hooks), InvalidDataError);
  });
});
