import assert from 'node:assert/strict';
import { calibrationOfRun } from '../../activities/calibration-of-run.js';
import { NotFoundError } from '../../shared/errors.js';
import { MemoryStore } from '../../storage/memory-store.js';
import { toyDigits } from '../support/digits.js';
import { recordedRun } from '../support/recorded-run.js';

describe('Images to calibrate a finished run\'s exports on', () => {
  const digits = toyDigits({ rows: 30, seed: 2 });

  it('are evenly spaced over the training rows before the validation split, in [0, 1]', async () => {
    const { store, runId } = await recordedRun(digits, []);
    const { images } = await calibrationOfRun(store, runId, 4);
    const expected = [0, 5, 10, 15].map((row) => Float32Array.from(digits.x.data.subarray(row * 784, (row + 1) * 784), (pixel) => pixel / 255));
    assert.deepEqual(images, expected);
    assert.equal((await calibrationOfRun(store, runId, 1000)).images.length, 20, 'all of them and none for validation');
  });

  it('are missed by name where the store has no such run', async () => {
    await assert.rejects(calibrationOfRun(new MemoryStore(), 'gone', 4), (error) => error instanceof NotFoundError && /gone/.test(error.message));
  });
});
